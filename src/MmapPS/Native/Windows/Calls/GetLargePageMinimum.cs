using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>GetLargePageMinimum.</summary>
internal static class GetLargePageMinimum
{
    /// <summary>Size of a large page in bytes, or 0 if the processor has none.</summary>
    public static long Invoke() => (long)Import();

    [DllImport(Kernel32.Name, EntryPoint = "GetLargePageMinimum")]
    private static extern nuint Import();
}
