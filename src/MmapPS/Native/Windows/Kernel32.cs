namespace MmapPS.Native.Windows;

/// <summary>Common parts of the imports from kernel32.dll.</summary>
internal static class Kernel32
{
    public const string Name = "kernel32.dll";

    /// <summary>The constant that GetCurrentProcess returns: a pseudo handle of this process.</summary>
    public const nint CurrentProcess = -1;
}
