namespace MmapPS.Native.Linux;

/// <summary>Memory that can still be had of the machine, or of a control group.</summary>
/// <param name="Memory">Bytes that can be had, with those that the kernel would take back from files.</param>
/// <param name="Swap">Bytes left of the swap, where memory that is not locked can go.</param>
/// <param name="LimitFile">The file that holds the group's limit; null for the machine.</param>
/// <param name="Limit">Bytes of the limit; 0 for the machine.</param>
internal readonly record struct MemoryRoom(long Memory, long Swap, string? LimitFile, long Limit)
{
    /// <summary>Bytes that can be had.</summary>
    /// <param name="locked">Whether they must not be swapped.</param>
    public long Available(bool locked) => locked ? Memory : Memory + Swap;
}
