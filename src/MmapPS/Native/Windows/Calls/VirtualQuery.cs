using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>VirtualQuery.</summary>
internal static class VirtualQuery
{
    /// <summary>Information about the uniform pages from an address on.</summary>
    public static MemoryInformation Invoke(nint address)
    {
        nuint size = (nuint)Marshal.SizeOf<MemoryInformation>();
        nuint told = Import(address, out MemoryInformation information, size);
        int code = told == 0 ? Marshal.GetLastWin32Error() : 0;
        NativeTrace.Listener?.Invoke(NativeTrace.Call("VirtualQuery", WindowsErrors.Count((long)told, code), address, "...", (long)size));
        return information;
    }

    [DllImport(Kernel32.Name, EntryPoint = "VirtualQuery", SetLastError = true)]
    private static extern nuint Import(nint address, out MemoryInformation information, nuint size);

    /// <summary>MEMORY_BASIC_INFORMATION of winnt.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MemoryInformation
    {
        public nint Address;
        public nint Allocation;
        public uint AllocationProtection;
        public ushort Partition;
        public nuint Length;
        public uint State;
        public uint Protection;
        public uint Type;

        /// <summary>Whether they belong to a view whose changes stay in the process.</summary>
        public readonly bool IsCopyOnWrite => Type == WindowsConstants.MemMapped
            && (AllocationProtection & (WindowsConstants.PageWriteCopy | WindowsConstants.PageExecuteWriteCopy)) != 0;

        /// <summary>Whether they belong to a view that shows the changes of all processes; not reported if it was never writable.</summary>
        public readonly bool IsShared => Type == WindowsConstants.MemMapped && !IsCopyOnWrite;
    }
}
