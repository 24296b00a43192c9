namespace MmapPS.Native;

/// <summary>Usage of the pages of a range of this process's memory, in bytes; null if unknown.</summary>
/// <param name="Dirty">Changed by this process and not yet written back.</param>
/// <param name="Locked">Locked in memory, present or not.</param>
/// <param name="Huge">In huge pages.</param>
/// <param name="Swapped">Swapped out.</param>
internal readonly record struct PageUsage(long? Dirty, long? Locked, long? Huge, long? Swapped);
