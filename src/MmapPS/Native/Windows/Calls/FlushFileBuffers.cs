using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Windows.Calls;

/// <summary>FlushFileBuffers.</summary>
internal static class FlushFileBuffers
{
    /// <summary>Writes changes to the medium, including the drive's own cache. Needs a handle with write access.</summary>
    /// <returns>0, or the error code.</returns>
    public static int Invoke(SafeFileHandle file)
    {
        int code = Import(file) ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("FlushFileBuffers", WindowsErrors.Result(code), file));
        return code;
    }

    [DllImport(Kernel32.Name, EntryPoint = "FlushFileBuffers", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(SafeFileHandle file);
}
