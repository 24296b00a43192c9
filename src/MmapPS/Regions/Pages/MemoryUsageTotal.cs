namespace MmapPS;

/// <summary>How much of several files or regions is in memory, and how. Sizes are in bytes.</summary>
public sealed class MemoryUsageTotal
{
    internal MemoryUsageTotal()
    {
    }

    /// <summary>How many files or regions were measured.</summary>
    public long Count { get; private set; }

    /// <summary>How many bytes they have.</summary>
    public long Length { get; private set; }

    /// <summary>How many of the bytes are in memory.</summary>
    public long Resident { get; private set; }

    /// <summary>The same in hundredths of all, rounded down to two decimals; 0 where there are no bytes.</summary>
    public double Percent => MemoryUsage.GetPercent(Resident, Length);

    /// <summary>Bytes of pages that were changed and not written back yet; null where one of them cannot be known.</summary>
    public long? Dirty { get; private set; } = 0;

    /// <summary>Bytes that are locked in memory; null where one of them cannot be known, as of any path.</summary>
    public long? Locked { get; private set; } = 0;

    /// <summary>Bytes that this process has in huge pages; null where one of them cannot be known, as of any path.</summary>
    public long? Huge { get; private set; } = 0;

    /// <summary>Bytes that are swapped out; null where one of them cannot be known, as of any path.</summary>
    public long? Swapped { get; private set; } = 0;

    /// <summary>Adds a file or region. A sum of more than 64 bits stays at their end.</summary>
    internal void Add(MemoryUsage usage)
    {
        Count++;
        Length = Add(Length, usage.Length);
        Resident = Add(Resident, usage.Resident);
        Dirty += usage.Dirty;
        Locked += usage.Locked;
        Huge += usage.Huge;
        Swapped += usage.Swapped;
    }

    private static long Add(long sum, long value) => value > long.MaxValue - sum ? long.MaxValue : sum + value;
}
