using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Linux;

/// <content>Copies within the kernel.</content>
internal sealed partial class LinuxPlatform
{
    /// <inheritdoc/>
    public override long CopyFile(SafeFileHandle from, long fromOffset, SafeFileHandle to, long toOffset, long length) =>
        CopyFileRange.Invoke(from, fromOffset, to, toOffset, length);
}
