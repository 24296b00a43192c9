using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows;

/// <summary>GetProcessWorkingSetSize and SetProcessWorkingSetSize: how much memory the process may lock.</summary>
internal static class WorkingSet
{
    /// <summary>Bytes that the process is sure to keep in memory, or 0 where the system does not say.</summary>
    public static long Minimum => ImportGet(Kernel32.CurrentProcess, out nuint minimum, out _) ? (long)minimum : 0;

    /// <summary>Makes room for more locked memory.</summary>
    /// <returns>Whether the system allows it.</returns>
    public static bool Grow(long bytes) =>
        ImportGet(Kernel32.CurrentProcess, out nuint minimum, out nuint maximum)
        && ImportSet(Kernel32.CurrentProcess, minimum + (nuint)bytes, maximum + (nuint)bytes);

    [DllImport(Kernel32.Name, EntryPoint = "GetProcessWorkingSetSize", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ImportGet(nint process, out nuint minimum, out nuint maximum);

    [DllImport(Kernel32.Name, EntryPoint = "SetProcessWorkingSetSize", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ImportSet(nint process, nuint minimum, nuint maximum);
}
