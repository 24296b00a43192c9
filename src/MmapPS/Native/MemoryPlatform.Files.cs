using System.IO;
using Microsoft.Win32.SafeHandles;
using MmapPS.Ranges;

namespace MmapPS.Native;

/// <content>Files that are written to.</content>
internal abstract partial class MemoryPlatform
{
    /// <summary>What lies behind a failure of writing that .NET reports.</summary>
    public abstract NativeError DescribeWrite(IOException failure);

    /// <summary>Which file an open one is; null where the system does not say.</summary>
    public abstract FileIdentity? Identify(SafeFileHandle file);

    /// <summary>Which file is at a path, links followed; null where none is or the system does not say.</summary>
    public abstract FileIdentity? Identify(string path);

    /// <summary>Copies a part of a file to another within the system.</summary>
    /// <returns>How many bytes; fewer or none where it cannot, whatever the reason.</returns>
    public virtual long CopyFile(FileSpan from, SafeFileHandle to, long toOffset) => 0;

    /// <summary>
    /// Whether <see cref="CountHole"/> is right for a file whatever was written through mappings of it, however shortly before.
    /// </summary>
    public virtual bool KnowsHoles(SafeFileHandle file) => false;

    /// <summary>How many bytes of a file from an offset on are a hole, which reads as zeros and ends at the latest with the file.</summary>
    /// <returns>Bytes; 0 where there is data.</returns>
    public virtual long CountHole(SafeFileHandle file, long offset) => 0;

    /// <summary>Lets a file have holes, where the system wants to be told; where it cannot have any, its zeros take storage.</summary>
    public virtual void AllowHoles(SafeFileHandle file)
    {
    }

    /// <summary>Makes a range of a file read as zeros and take no storage; its length stays as it is.</summary>
    /// <returns>Why the system or the file system does not, or null; some of the range may then be zeros.</returns>
    public abstract NativeError? PunchHole(SafeFileHandle file, long offset, long length);

    /// <summary>Refuses a length that no file of this process may have; asked before a file is written to.</summary>
    /// <exception cref="MappingException">LimitReached.</exception>
    public virtual void DemandLengthAllowed(string path, long length)
    {
    }
}
