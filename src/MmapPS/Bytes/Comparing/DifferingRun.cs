namespace MmapPS.Bytes.Comparing;

/// <summary>A run of differing bytes in a chunk.</summary>
/// <param name="Start">Index of the first byte.</param>
/// <param name="End">Index after the last byte.</param>
internal readonly record struct DifferingRun(int Start, int End);
