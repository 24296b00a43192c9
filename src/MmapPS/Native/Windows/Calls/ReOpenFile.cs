using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static MmapPS.Native.Windows.WindowsConstants;

namespace MmapPS.Native.Windows.Calls;

/// <summary>ReOpenFile.</summary>
internal static class ReOpenFile
{
    private const uint Share = FileShareRead | FileShareWrite | FileShareDelete;

    /// <summary>Opens an open file again, with other rights.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="access">GENERIC_*.</param>
    /// <param name="code">The error code if the result is invalid, otherwise 0.</param>
    public static SafeFileHandle Invoke(SafeFileHandle file, uint access, out int code)
    {
        SafeFileHandle opened = Import(file, access, Share, 0);
        code = opened.IsInvalid ? Marshal.GetLastWin32Error() : 0;
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "ReOpenFile",
            WindowsErrors.File(opened.DangerousGetHandle(), code),
            file,
            NativeTrace.Hex(access),
            NativeTrace.Hex(Share),
            0));
        return opened;
    }

    [DllImport(Kernel32.Name, EntryPoint = "ReOpenFile", SetLastError = true)]
    private static extern SafeFileHandle Import(SafeFileHandle file, uint access, uint share, uint flags);
}
