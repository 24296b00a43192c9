using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Windows.Calls;

/// <summary>GetFileType.</summary>
internal static class GetFileType
{
    /// <summary>The type of an open handle.</summary>
    public static FileType Invoke(SafeFileHandle file) => Import(file) switch
    {
        WindowsConstants.FileTypeDisk => FileType.Regular,
        WindowsConstants.FileTypePipe => FileType.Pipe,
        _ => FileType.CharacterDevice,
    };

    [DllImport(Kernel32.Name, EntryPoint = "GetFileType", SetLastError = true)]
    private static extern uint Import(SafeFileHandle file);
}
