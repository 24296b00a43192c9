namespace MmapPS.Bytes.Searching;

/// <summary>A place where a pattern was found.</summary>
/// <param name="Offset">Where it starts in the source.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Pattern">Which of the patterns it is.</param>
internal readonly record struct ByteMatch(long Offset, int Length, int Pattern);
