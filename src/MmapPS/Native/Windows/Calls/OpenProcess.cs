using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Windows.Calls;

/// <summary>OpenProcess.</summary>
internal static class OpenProcess
{
    /// <summary>Opens a process by its number.</summary>
    /// <param name="processId">Its number.</param>
    /// <param name="access">PROCESS_*.</param>
    /// <param name="code">Why the result is invalid, or 0.</param>
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
