using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>
/// ReadProcessMemory on the own process: a copy by the kernel, which answers a bad page on either side with an error. It
/// writes into mappings too. WriteProcessMemory is made for debuggers: it changes the protection of pages for a moment,
/// which other threads would see.
/// </summary>
internal static class ReadProcessMemory
{
    /// <summary>Copies bytes.</summary>
    /// <returns>How many were copied.</returns>
    public static int Copy(nint source, nint destination, int count)
    {
        Import(Kernel32.CurrentProcess, source, destination, (nuint)count, out nuint copied);
        return (int)copied;
    }

    [DllImport(Kernel32.Name, EntryPoint = "ReadProcessMemory", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(nint process, nint source, nint destination, nuint count, out nuint copied);
}
