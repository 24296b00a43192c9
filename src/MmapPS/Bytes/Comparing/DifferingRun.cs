namespace MmapPS.Bytes.Comparing;

/// <summary>Differing bytes within a chunk.</summary>
/// <param name="Start">The first.</param>
/// <param name="End">Behind the last.</param>
internal readonly record struct DifferingRun(int Start, int End);
