using System;

namespace MmapPS;

/// <summary>A name of shared memory that exists on the system, mapped or not.</summary>
public sealed class SharedMemoryName
{
    internal SharedMemoryName(string name, long length, DateTime lastWriteTime)
    {
        Name = name;
        Length = length;
        LastWriteTime = lastWriteTime;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Its length in bytes.</summary>
    public long Length { get; }

    /// <summary>The last time that a system call changed its bytes or its length.</summary>
    public DateTime LastWriteTime { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
