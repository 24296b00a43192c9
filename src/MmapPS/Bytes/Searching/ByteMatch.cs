namespace MmapPS.Bytes.Searching;

/// <summary>A match of a pattern.</summary>
/// <param name="Offset">Offset in the source.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="Pattern">Index of the pattern.</param>
internal readonly record struct ByteMatch(long Offset, int Length, int Pattern);
