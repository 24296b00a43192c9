using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>GetSystemInfo.</summary>
internal static class GetSystemInfo
{
    /// <summary>The page size and the allocation granularity, in bytes.</summary>
    public static (long PageSize, long Granularity) Invoke()
    {
        Import(out SystemInfo info);
        return (info.PageSize, info.AllocationGranularity);
    }

    [DllImport(Kernel32.Name, EntryPoint = "GetSystemInfo")]
    private static extern void Import(out SystemInfo info);

    /// <summary>SYSTEM_INFO of sysinfoapi.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct SystemInfo
    {
        public ushort ProcessorArchitecture;
        public ushort Reserved;
        public uint PageSize;
        public nint MinimumApplicationAddress;
        public nint MaximumApplicationAddress;
        public nuint ActiveProcessorMask;
        public uint NumberOfProcessors;
        public uint ProcessorType;
        public uint AllocationGranularity;
        public ushort ProcessorLevel;
        public ushort ProcessorRevision;
    }
}
