using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>
/// statx(2), Linux 4.11: unlike the struct of stat, its struct is the same on every architecture. Called by its number, because
/// musl has no wrapper before 1.2.5, and glibc before 2.28.
/// </summary>
internal static class Statx
{
    // Times are not requested: reading them would make the kernel journal each following change of them.
    private const uint Wanted = LinuxConstants.StatxType | LinuxConstants.StatxMode | LinuxConstants.StatxUser | LinuxConstants.StatxInode;
    private const string WantedNames = "STATX_TYPE|STATX_MODE|STATX_UID|STATX_INO";

    private static readonly byte[] EmptyPath = [0];

    private static readonly nint Number = GetNumber(RuntimeInformation.ProcessArchitecture);

    /// <summary>The status of a path; links are followed.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(string path, out Result result)
    {
        nint status = Import(Number, LinuxConstants.AtFdCwd, Libc.ToNativePath(path), 0, Wanted, out result);
        int errno = status == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "statx", CallNames.Result(errno), "AT_FDCWD", NativeTrace.Text(path), "AT_STATX_SYNC_AS_STAT", WantedNames, "..."));
        return errno;
    }

    /// <summary>Status and owner of an open file.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(SafeFileHandle file, out Result result)
    {
        nint status = Import(Number, file, EmptyPath, LinuxConstants.AtEmptyPath, Wanted, out result);
        int errno = status == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "statx", CallNames.Result(errno), file, NativeTrace.Text(string.Empty), "AT_EMPTY_PATH", WantedNames, "..."));
        return errno;
    }

    /// <summary>The number of the call, which differs on two architectures.</summary>
    internal static int GetNumber(Architecture architecture) => (int)architecture switch
    {
        (int)Architecture.X64 => LinuxConstants.SyscallStatxX64,
        Processor.S390 => LinuxConstants.SyscallStatxS390,
        _ => LinuxConstants.SyscallStatx,
    };

    // syscall(2) is variadic; on 64-bit Linux variadic arguments are passed like fixed ones.
    [DllImport(Libc.Name, EntryPoint = "syscall", SetLastError = true)]
    private static extern nint Import(nint number, SafeFileHandle file, byte[] path, nint flags, nuint mask, out Result result);

    [DllImport(Libc.Name, EntryPoint = "syscall", SetLastError = true)]
    private static extern nint Import(nint number, nint directory, byte[] path, nint flags, nuint mask, out Result result);

    /// <summary>struct statx of include/uapi/linux/stat.h; only the fields that are used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct Result
    {
        /// <summary>stx_blksize: on hugetlbfs the size of its pages.</summary>
        [FieldOffset(4)]
        public uint BlockSize;

        /// <summary>stx_uid.</summary>
        [FieldOffset(20)]
        public uint User;

        /// <summary>stx_mode: type and permissions.</summary>
        [FieldOffset(28)]
        public ushort Mode;

        /// <summary>stx_ino.</summary>
        [FieldOffset(32)]
        public ulong Inode;

        /// <summary>stx_dev_major.</summary>
        [FieldOffset(136)]
        public uint DeviceMajor;

        /// <summary>stx_dev_minor.</summary>
        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
