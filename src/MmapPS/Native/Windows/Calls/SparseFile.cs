using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Windows.Calls;

/// <summary>DeviceIoControl with FSCTL_SET_SPARSE and FSCTL_SET_ZERO_DATA.</summary>
internal static class SparseFile
{
    /// <summary>Makes a file sparse: ranges that are skipped from now on take no storage.</summary>
    /// <returns>Whether its file system supports it.</returns>
    public static bool TryMark(SafeFileHandle file)
    {
        int code = Import(file, WindowsConstants.FsctlSetSparse, 0, 0, 0, 0, out _, 0) ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "DeviceIoControl", WindowsErrors.Result(code), file, "FSCTL_SET_SPARSE", "NULL", 0, "NULL", 0, "...", "NULL"));
        return code == 0;
    }

    /// <summary>Sets a range to zero; in a sparse file this frees its storage.</summary>
    /// <returns>0, or the error code.</returns>
    public static int Clear(SafeFileHandle file, long offset, long length)
    {
        var range = new ZeroRange { Start = offset, End = offset + length };
        bool done = ImportClear(
            file, WindowsConstants.FsctlSetZeroData, ref range, (uint)Marshal.SizeOf<ZeroRange>(), 0, 0, out _, 0);
        int code = done ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "DeviceIoControl",
            WindowsErrors.Result(code),
            file,
            "FSCTL_SET_ZERO_DATA",
            $"{{{range.Start}, {range.End}}}",
            Marshal.SizeOf<ZeroRange>(),
            "NULL",
            0,
            "...",
            "NULL"));
        return code;
    }

    [DllImport(Kernel32.Name, EntryPoint = "DeviceIoControl", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(
        SafeFileHandle file, uint code, nint input, uint inputSize, nint output, uint outputSize, out uint count, nint overlapped);

    [DllImport(Kernel32.Name, EntryPoint = "DeviceIoControl", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ImportClear(
        SafeFileHandle file, uint code, ref ZeroRange input, uint inputSize, nint output, uint outputSize, out uint count, nint overlapped);

    /// <summary>FILE_ZERO_DATA_INFORMATION of winioctl.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ZeroRange
    {
        /// <summary>FileOffset: the first byte.</summary>
        public long Start;

        /// <summary>BeyondFinalZero: the offset after the last byte.</summary>
        public long End;
    }
}
