namespace MmapPS.Bytes.Sources;

/// <summary>A range of a source, checked to lie within it.</summary>
/// <param name="Source">The source.</param>
/// <param name="Offset">Offset of the first byte.</param>
/// <param name="Length">Length in bytes.</param>
internal readonly record struct SourceRange(IByteSource Source, long Offset, long Length);
