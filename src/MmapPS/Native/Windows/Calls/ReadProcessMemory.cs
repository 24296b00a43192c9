using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>
/// ReadProcessMemory on the current process: a copy by the kernel, which reports a bad page on either side as an error. It
/// also writes into mappings. WriteProcessMemory is made for debuggers: it briefly changes the protection of pages,
/// which other threads would see.
/// </summary>
internal static class ReadProcessMemory
{
    /// <summary>Copies bytes.</summary>
    /// <returns>Number of bytes copied.</returns>
    public static int Copy(nint source, nint destination, int count)
    {
        Import(Kernel32.CurrentProcess, source, destination, (nuint)count, out nuint copied);
        return (int)copied;
    }

    [DllImport(Kernel32.Name, EntryPoint = "ReadProcessMemory", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(nint process, nint source, nint destination, nuint count, out nuint copied);
}
