using System.Runtime.InteropServices;

namespace MmapPS.Native.Unix.Calls;

/// <summary>getpid(2).</summary>
internal static class ProcessId
{
    /// <summary>The id of this process.</summary>
    public static int Own => Import();

    [DllImport(Libc.Name, EntryPoint = "getpid")]
    private static extern int Import();
}
