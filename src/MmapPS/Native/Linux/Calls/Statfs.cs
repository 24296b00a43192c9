using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>statfs(2), fstatfs(2).</summary>
internal static class Statfs
{
    /// <summary>The magic number of the file system of a path, or 0 on failure.</summary>
    public static long GetFileSystemMagic(string path)
    {
        int errno = Import(Libc.ToNativePath(path), out Result result) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("statfs", CallNames.Result(errno), NativeTrace.Text(path), "..."));
        return errno == 0 ? result.Type & 0xFFFFFFFF : 0;
    }

    /// <summary>The magic number of the file system of an open file, or 0 on failure.</summary>
    public static long GetFileSystemMagic(SafeFileHandle file)
    {
        int errno = Import(file, out Result result) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("fstatfs", CallNames.Result(errno), file, "..."));
        return errno == 0 ? result.Type & 0xFFFFFFFF : 0;
    }

    [DllImport(Libc.Name, EntryPoint = "statfs", SetLastError = true)]
    private static extern int Import(byte[] path, out Result result);

    [DllImport(Libc.Name, EntryPoint = "fstatfs", SetLastError = true)]
    private static extern int Import(SafeFileHandle file, out Result result);

    /// <summary>struct statfs of include/uapi/asm-generic/statfs.h on 64-bit systems; f_type comes first.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 120)]
    private struct Result
    {
        [FieldOffset(0)]
        public long Type;
    }
}
