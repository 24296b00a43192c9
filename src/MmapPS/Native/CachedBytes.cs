namespace MmapPS.Native;

/// <summary>How much of a range of a file the system keeps in memory, in bytes of whole pages.</summary>
/// <param name="Resident">In memory.</param>
/// <param name="Dirty">Of these, changed and not written back.</param>
internal readonly record struct CachedBytes(long Resident, long Dirty);
