using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Windows;

/// <summary>DeviceIoControl with FSCTL_SET_SPARSE.</summary>
internal static class SparseFile
{
    /// <summary>Lets a file have holes: what is skipped of it from now on takes no storage.</summary>
    /// <returns>Whether its file system does so.</returns>
    public static bool TryMark(SafeFileHandle file)
    {
        int code = Import(file, WindowsConstants.FsctlSetSparse, 0, 0, 0, 0, out _, 0) ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "DeviceIoControl", WindowsErrors.Result(code), file, "FSCTL_SET_SPARSE", "NULL", 0, "NULL", 0, "...", "NULL"));
        return code == 0;
    }

    [DllImport(Kernel32.Name, EntryPoint = "DeviceIoControl", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(
        SafeFileHandle file, uint code, nint input, uint inputSize, nint output, uint outputSize, out uint count, nint overlapped);
}
