using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows;

/// <summary>UnmapViewOfFile.</summary>
internal static class UnmapViewOfFile
{
    /// <summary>Removes a view, whole.</summary>
    /// <returns>Whether the system did it.</returns>
    public static bool Invoke(nint address, long length) => Import(address);

    [DllImport(Kernel32.Name, EntryPoint = "UnmapViewOfFile", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(nint address);
}
