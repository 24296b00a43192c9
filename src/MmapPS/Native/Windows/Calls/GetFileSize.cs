using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Windows.Calls;

/// <summary>GetFileSizeEx.</summary>
internal static class GetFileSize
{
    /// <summary>The length of a file.</summary>
    /// <returns>The length in bytes, or -1 if there is none.</returns>
    public static long Invoke(SafeFileHandle file) => Import(file, out long length) ? length : -1;

    [DllImport(Kernel32.Name, EntryPoint = "GetFileSizeEx", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(SafeFileHandle file, out long length);
}
