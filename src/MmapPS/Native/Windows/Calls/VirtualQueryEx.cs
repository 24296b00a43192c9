using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>VirtualQueryEx.</summary>
internal static class VirtualQueryEx
{
    /// <summary>Information about the uniform pages of a process from an address on.</summary>
    /// <param name="process">A handle with PROCESS_QUERY_INFORMATION.</param>
    /// <param name="address">Any address.</param>
    /// <param name="information">The result.</param>
    /// <returns>Whether the address and the process exist.</returns>
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
