using System;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Linux.Calls;
using MmapPS.Native.Unix.Calls;
using MmapPS.Ranges;

namespace MmapPS.Native.Linux;

/// <content>Copies within the kernel.</content>
internal sealed partial class LinuxPlatform
{
    // For these SEEK_DATA looks at the page cache too. FUSE asks its server, which does not know of pages
    // that are still to be written, and ZFS overlooked such pages for years.
    private static readonly long[] s_exactHoles =
        [LinuxConstants.Ext4SuperMagic, LinuxConstants.XfsSuperMagic, LinuxConstants.BtrfsSuperMagic, LinuxConstants.TmpFsMagic];

    /// <inheritdoc/>
    public override FileIdentity? Identify(SafeFileHandle file) => ToIdentity(Statx.Invoke(file, out Statx.Result status), status);

    /// <inheritdoc/>
    public override FileIdentity? Identify(string path) => ToIdentity(Statx.Invoke(path, out Statx.Result status), status);

    private static FileIdentity? ToIdentity(int errno, Statx.Result status) => errno == 0
        ? new FileIdentity(((ulong)status.DeviceMajor << 32) | status.DeviceMinor, status.Inode)
        : null;

    /// <inheritdoc/>
    public override long CopyFile(FileSpan from, SafeFileHandle to, long toOffset) =>
        CopyFileRange.Invoke(from.File, from.Offset, to, toOffset, from.Length);

    /// <inheritdoc/>
    public override bool KnowsHoles(SafeFileHandle file) => Array.IndexOf(s_exactHoles, Statfs.GetFileSystemMagic(file)) >= 0;

    /// <inheritdoc/>
    public override long CountHole(SafeFileHandle file, long offset)
    {
        // The length is read first: bytes appended meanwhile must not count as a hole.
        long end = GetLength(file);
        long data = Lseek.FindData(file, offset, out int errno);
        return Math.Max(0, (errno switch { 0 => data, LinuxConstants.ENXIO => end, _ => offset }) - offset);
    }

    /// <inheritdoc/>
    public override NativeError? PunchHole(SafeFileHandle file, long offset, long length)
    {
        int errno = Fallocate.PunchHole(file, offset, length);
        return errno == 0 ? null : Describe("fallocate", errno);
    }
}
