using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Windows.Calls;

/// <summary>SetFileInformationByHandle with FILE_ALLOCATION_INFO and FILE_END_OF_FILE_INFO: one LARGE_INTEGER each.</summary>
internal static class SetFileInformation
{
    /// <summary>Allocates storage for a file up to a length, without making it longer.</summary>
    /// <returns>0, or the error code.</returns>
    public static int Reserve(SafeFileHandle file, long length) =>
        Set(file, WindowsConstants.FileAllocationInfo, "FileAllocationInfo", length);

    /// <summary>Sets the length of a file.</summary>
    /// <returns>0, or the error code.</returns>
    public static int SetEnd(SafeFileHandle file, long length) =>
        Set(file, WindowsConstants.FileEndOfFileInfo, "FileEndOfFileInfo", length);

    private static int Set(SafeFileHandle file, int informationClass, string name, long length)
    {
        int code = Import(file, informationClass, ref length, sizeof(long)) ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "SetFileInformationByHandle", WindowsErrors.Result(code), file, name, $"{{{length}}}", sizeof(long)));
        return code;
    }

    [DllImport(Kernel32.Name, EntryPoint = "SetFileInformationByHandle", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(SafeFileHandle file, int informationClass, ref long length, uint size);
}
