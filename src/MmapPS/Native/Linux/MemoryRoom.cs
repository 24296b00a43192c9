namespace MmapPS.Native.Linux;

/// <summary>Memory available from the machine, or from a control group.</summary>
/// <param name="Memory">Available bytes, including page cache that the kernel can reclaim.</param>
/// <param name="Swap">Bytes of swap left, for memory that is not locked.</param>
/// <param name="LimitFile">The file with the group's limit; null for the machine.</param>
/// <param name="Limit">Bytes of the limit; 0 for the machine.</param>
internal readonly record struct MemoryRoom(long Memory, long Swap, string? LimitFile, long Limit)
{
    /// <summary>Available bytes.</summary>
    /// <param name="locked">Whether the memory must not be swapped.</param>
    public long Available(bool locked) => locked ? Memory : Memory + Swap;
}
