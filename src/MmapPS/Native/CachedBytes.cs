namespace MmapPS.Native;

/// <summary>Cache use of a range of a file, in bytes of whole pages.</summary>
/// <param name="Resident">In memory.</param>
/// <param name="Dirty">Of these, dirty: changed and not written back.</param>
internal readonly record struct CachedBytes(long Resident, long Dirty);
