using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>GetProcessWorkingSetSize and SetProcessWorkingSetSize: how much memory the process may lock.</summary>
internal static class WorkingSet
{
    /// <summary>The minimum working set in bytes, or 0 on failure.</summary>
    public static long Minimum => ImportGet(Kernel32.CurrentProcess, out nuint minimum, out _) ? (long)minimum : 0;

    /// <summary>Raises the limit of locked memory.</summary>
    /// <returns>Whether the system allows it.</returns>
    public static bool Grow(long bytes) =>
        ImportGet(Kernel32.CurrentProcess, out nuint minimum, out nuint maximum)
        && Set((long)minimum + bytes, (long)maximum + bytes);

    private static bool Set(long minimum, long maximum)
    {
        int code = ImportSet(Kernel32.CurrentProcess, (nuint)minimum, (nuint)maximum) ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "SetProcessWorkingSetSize", WindowsErrors.Result(code), "GetCurrentProcess()", minimum, maximum));
        return code == 0;
    }

    [DllImport(Kernel32.Name, EntryPoint = "GetProcessWorkingSetSize", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ImportGet(nint process, out nuint minimum, out nuint maximum);

    [DllImport(Kernel32.Name, EntryPoint = "SetProcessWorkingSetSize", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ImportSet(nint process, nuint minimum, nuint maximum);
}
