namespace MmapPS.Native.Windows;

/// <summary>What the imports of kernel32.dll share.</summary>
internal static class Kernel32
{
    public const string Name = "kernel32.dll";

    /// <summary>What GetCurrentProcess returns: a constant that stands for the own process.</summary>
    public const nint CurrentProcess = -1;
}
