using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Windows;

/// <summary>OpenFileMappingW.</summary>
internal static class OpenFileMapping
{
    /// <summary>Opens a section by name.</summary>
    /// <param name="name">Its full name.</param>
    /// <param name="access">FILE_MAP_*.</param>
    /// <param name="code">Why the result is invalid, or 0.</param>
    public static SafeFileHandle Invoke(string name, uint access, out int code)
    {
        SafeFileHandle section = Import(access, inherit: false, name);
        code = section.IsInvalid ? Marshal.GetLastWin32Error() : 0;
        return section;
    }

    [DllImport(Kernel32.Name, EntryPoint = "OpenFileMappingW", SetLastError = true, CharSet = CharSet.Unicode)]
    private static extern SafeFileHandle Import(uint access, [MarshalAs(UnmanagedType.Bool)] bool inherit, string name);
}
