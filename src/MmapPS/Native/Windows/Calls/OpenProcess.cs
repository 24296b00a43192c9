using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Windows.Calls;

/// <summary>OpenProcess.</summary>
internal static class OpenProcess
{
    /// <summary>Opens a process by its id.</summary>
    /// <param name="processId">Its id.</param>
    /// <param name="access">PROCESS_*.</param>
    /// <param name="code">The error code if the result is invalid, otherwise 0.</param>
    public static SafeProcessHandle Invoke(int processId, uint access, out int code)
    {
        SafeProcessHandle process = Import(access, inherit: false, (uint)processId);
        code = process.IsInvalid ? Marshal.GetLastWin32Error() : 0;
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "OpenProcess", WindowsErrors.Count((long)process.DangerousGetHandle(), code), NativeTrace.Hex(access), 0, processId));
        return process;
    }

    [DllImport(Kernel32.Name, EntryPoint = "OpenProcess", SetLastError = true)]
    private static extern SafeProcessHandle Import(uint access, [MarshalAs(UnmanagedType.Bool)] bool inherit, uint processId);
}
