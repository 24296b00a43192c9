using System;

namespace MmapPS;

/// <summary>A name of shared memory that exists on the system, whether anyone has it mapped or not.</summary>
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

    /// <summary>Its bytes.</summary>
    public long Length { get; }

    /// <summary>When its bytes or its length were last changed by a system call.</summary>
    public DateTime LastWriteTime { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
