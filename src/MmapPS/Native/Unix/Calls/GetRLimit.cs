using System.Runtime.InteropServices;

namespace MmapPS.Native.Unix.Calls;

/// <summary>getrlimit(2).</summary>
internal static class GetRLimit
{
    /// <summary>RLIM_INFINITY of Linux; macOS uses 2^63 - 1.</summary>
    private const ulong Infinity = long.MaxValue;

    /// <summary>The present limit, or null if there is none.</summary>
    public static long? Invoke(int resource) =>
        Import(resource, out Limit limit) == 0 && limit.Current < Infinity ? (long)limit.Current : null;

    [DllImport(Libc.Name, EntryPoint = "getrlimit", SetLastError = true)]
    private static extern int Import(int resource, out Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Current;
        public ulong Maximum;
    }
}
