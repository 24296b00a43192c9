using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows;

/// <summary>VirtualFree.</summary>
internal static class VirtualFree
{
    /// <summary>Gives memory of VirtualAlloc back, whole: the system takes no length for that.</summary>
    /// <returns>Whether the system did it.</returns>
    public static bool Invoke(nint address, long length) => Import(address, 0, WindowsConstants.MemRelease);

    [DllImport(Kernel32.Name, EntryPoint = "VirtualFree", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(nint address, nuint length, uint type);
}
