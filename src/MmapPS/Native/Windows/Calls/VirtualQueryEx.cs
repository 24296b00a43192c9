using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>VirtualQueryEx.</summary>
internal static class VirtualQueryEx
{
    /// <summary>What is said of a process's pages from an address on that are alike.</summary>
    /// <param name="process">A handle with PROCESS_QUERY_INFORMATION.</param>
    /// <param name="address">Any address.</param>
    /// <param name="information">Filled in.</param>
    /// <returns>Whether there is such an address, and the process is still there.</returns>
    public static bool TryInvoke(SafeHandle process, nint address, out VirtualQuery.MemoryInformation information)
    {
        nuint size = (nuint)Marshal.SizeOf<VirtualQuery.MemoryInformation>();
        nuint told = Import(process, address, out information, size);
        int code = told == 0 ? Marshal.GetLastWin32Error() : 0;
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "VirtualQueryEx", WindowsErrors.Count((long)told, code), process, address, "...", (long)size));
        return told != 0;
    }

    [DllImport(Kernel32.Name, EntryPoint = "VirtualQueryEx", SetLastError = true)]
    private static extern nuint Import(SafeHandle process, nint address, out VirtualQuery.MemoryInformation information, nuint size);
}
