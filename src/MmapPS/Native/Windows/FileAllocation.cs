using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Windows;

/// <summary>SetFileInformationByHandle with FILE_ALLOCATION_INFO.</summary>
internal static class FileAllocation
{
    /// <summary>Takes storage for a file up to a length, without making it longer.</summary>
    /// <returns>0, or the error code.</returns>
    public static int Reserve(SafeFileHandle file, long length) =>
        Import(file, WindowsConstants.FileAllocationInfo, ref length, sizeof(long)) ? 0 : Marshal.GetLastWin32Error();

    // FILE_ALLOCATION_INFO has one LARGE_INTEGER.
    [DllImport(Kernel32.Name, EntryPoint = "SetFileInformationByHandle", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(SafeFileHandle file, int informationClass, ref long length, uint size);
}
