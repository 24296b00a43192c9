using System.Runtime.InteropServices;

namespace MmapPS.Native.Unix.Calls;

/// <summary>geteuid(2).</summary>
internal static class UserId
{
    /// <summary>The effective user id of this process.</summary>
    public static uint Effective => Import();

    [DllImport(Libc.Name, EntryPoint = "geteuid")]
    private static extern uint Import();
}
