namespace MmapPS.Bytes.Sources;

/// <summary>A range of a source, known to lie within it.</summary>
/// <param name="Source">The source.</param>
/// <param name="Offset">Where the range starts.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct SourceRange(IByteSource Source, long Offset, long Length);
