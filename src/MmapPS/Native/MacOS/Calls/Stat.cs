using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.MacOS.Calls;

/// <summary>stat(2) and fstat(2) with 64-bit inode numbers: the only version on arm64, one of two on x64.</summary>
internal static class Stat
{
    /// <summary>The status of a path; links are followed.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(string path, out Result result)
    {
        byte[] name = Libc.ToNativePath(path);
        int status = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? ImportX64(name, out result) : Import(name, out result);
        int errno = status == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("stat", CallNames.Result(errno), NativeTrace.Text(path), "..."));
        return errno;
    }

    /// <summary>The status of an open file.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(SafeFileHandle file, out Result result)
    {
        int status = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? ImportX64(file, out result) : Import(file, out result);
        int errno = status == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("fstat", CallNames.Result(errno), file, "..."));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "fstat", SetLastError = true)]
    private static extern int Import(SafeFileHandle file, out Result result);

    [DllImport(Libc.Name, EntryPoint = "fstat$INODE64", SetLastError = true)]
    private static extern int ImportX64(SafeFileHandle file, out Result result);

    [DllImport(Libc.Name, EntryPoint = "stat", SetLastError = true)]
    private static extern int Import(byte[] path, out Result result);

    [DllImport(Libc.Name, EntryPoint = "stat$INODE64", SetLastError = true)]
    private static extern int ImportX64(byte[] path, out Result result);

    /// <summary>struct stat of bsd/sys/stat.h (__DARWIN_STRUCT_STAT64); only the fields that are used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    internal struct Result
    {
        /// <summary>st_dev.</summary>
        [FieldOffset(0)]
        public uint Device;

        /// <summary>st_mode: type and permissions.</summary>
        [FieldOffset(4)]
        public ushort Mode;

        /// <summary>st_ino.</summary>
        [FieldOffset(8)]
        public ulong Inode;

        /// <summary>st_uid.</summary>
        [FieldOffset(16)]
        public uint User;
    }
}
