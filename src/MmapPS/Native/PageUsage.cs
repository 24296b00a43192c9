namespace MmapPS.Native;

/// <summary>How the pages of a range of this process's memory are used, in bytes; null where that cannot be told.</summary>
/// <param name="Dirty">Changed by this process and not written back.</param>
/// <param name="Locked">Locked in memory, come in or not.</param>
/// <param name="Huge">In huge pages.</param>
/// <param name="Swapped">Swapped out.</param>
internal readonly record struct PageUsage(long? Dirty, long? Locked, long? Huge, long? Swapped);
