using System;
using MmapPS.Native.Unix.Calls;

namespace MmapPS.Native.Unix;

/// <content>Memory that leaves nothing behind.</content>
internal abstract partial class UnixPlatform
{
    /// <summary>Overwrites locked memory and unmaps it.</summary>
    /// <returns>Whether the system unmapped it.</returns>
    protected override bool WipeAndUnmap(nint address, long length)
    {
        // Whatever protection it was given since; it is locked, so a writable page of it cannot fault.
        if (Mprotect.Invoke(address, length, UnixConstants.ProtRead | UnixConstants.ProtWrite) == 0)
        {
            Wipe(address, length);
        }

        return Munmap.Invoke(address, length);
    }

    /// <summary>Overwrites memory that cannot fault with zeros.</summary>
    protected static unsafe void Wipe(nint address, long length)
    {
        const int Part = 1 << 30;
        for (long done = 0; done < length; done += Part)
        {
            new Span<byte>((byte*)address + done, (int)Math.Min(length - done, Part)).Clear();
        }
    }
}
