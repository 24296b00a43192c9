using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Windows.Calls;

/// <summary>OpenFileMappingW.</summary>
internal static class OpenFileMapping
{
    /// <summary>Opens a section by name.</summary>
    /// <param name="name">Its full name.</param>
    /// <param name="access">FILE_MAP_*.</param>
    /// <param name="code">The error code if the result is invalid, otherwise 0.</param>
    public static SafeFileHandle Invoke(string name, uint access, out int code)
    {
        SafeFileHandle section = Import(access, inherit: false, name);
        code = section.IsInvalid ? Marshal.GetLastWin32Error() : 0;
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "OpenFileMappingW",
            WindowsErrors.Count((long)section.DangerousGetHandle(), code),
            NativeTrace.Hex(access),
            0,
            NativeTrace.Text(name)));
        return section;
    }

    [DllImport(Kernel32.Name, EntryPoint = "OpenFileMappingW", SetLastError = true, CharSet = CharSet.Unicode)]
    private static extern SafeFileHandle Import(uint access, [MarshalAs(UnmanagedType.Bool)] bool inherit, string name);
}
