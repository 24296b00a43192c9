using System.Runtime.InteropServices;

namespace MmapPS.Native.Linux;

/// <summary>The processor that this process runs on.</summary>
internal static class Processor
{
    /// <summary>Architecture.S390x, which the enumeration of netstandard2.0 does not have.</summary>
    public const int S390 = 5;

    private const int LoongArch64 = 6;
    private const int RiscV64 = 9;

    /// <summary>Whether it is s390x, where some numbers differ.</summary>
    public static bool IsS390 { get; } = (int)RuntimeInformation.ProcessArchitecture == S390;

    /// <summary>Whether the numbers of <see cref="LinuxConstants"/> apply to this processor: asm-generic, 64 bits.</summary>
    public static bool IsKnown => (int)RuntimeInformation.ProcessArchitecture
        is (int)Architecture.X64 or (int)Architecture.Arm64 or S390 or LoongArch64 or RiscV64;
}
