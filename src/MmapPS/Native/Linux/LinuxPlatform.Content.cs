using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Linux.Calls;

namespace MmapPS.Native.Linux;

/// <content>Copies within the kernel.</content>
internal sealed partial class LinuxPlatform
{
    /// <inheritdoc/>
    public override FileIdentity? Identify(SafeFileHandle file) => ToIdentity(Statx.Invoke(file, out Statx.Result status), status);

    /// <inheritdoc/>
    public override FileIdentity? Identify(string path) => ToIdentity(Statx.Invoke(path, out Statx.Result status), status);

    private static FileIdentity? ToIdentity(int errno, Statx.Result status) => errno == 0
        ? new FileIdentity(((ulong)status.DeviceMajor << 32) | status.DeviceMinor, status.Inode)
        : null;

    /// <inheritdoc/>
    public override long CopyFile(SafeFileHandle from, long fromOffset, SafeFileHandle to, long toOffset, long length) =>
        CopyFileRange.Invoke(from, fromOffset, to, toOffset, length);

    /// <inheritdoc/>
    public override NativeError? PunchHole(SafeFileHandle file, long offset, long length)
    {
        int errno = Fallocate.PunchHole(file, offset, length);
        return errno == 0 ? null : Describe("fallocate", errno);
    }
}
