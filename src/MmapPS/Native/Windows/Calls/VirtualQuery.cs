using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>VirtualQuery.</summary>
internal static class VirtualQuery
{
    /// <summary>What is said of the pages from an address on that are alike.</summary>
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

        /// <summary>Whether they are of a view whose changes stay with the process.</summary>
        public readonly bool IsCopyOnWrite => Type == WindowsConstants.MemMapped
            && (AllocationProtection & (WindowsConstants.PageWriteCopy | WindowsConstants.PageExecuteWriteCopy)) != 0;

        /// <summary>Whether they are of a view that shows everybody's changes; that of one that was never writable is not told.</summary>
        public readonly bool IsShared => Type == WindowsConstants.MemMapped && !IsCopyOnWrite;
    }
}
