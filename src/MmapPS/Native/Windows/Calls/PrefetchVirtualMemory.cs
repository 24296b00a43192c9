using System;
using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>PrefetchVirtualMemory, since Windows 8.</summary>
internal static class PrefetchVirtualMemory
{
    /// <summary>Reads pages ahead in large parts; they must still be touched.</summary>
    /// <returns>0, or the error code; ERROR_CALL_NOT_IMPLEMENTED before Windows 8.</returns>
    public static int Invoke(nint address, long length)
    {
        var range = new MemoryRange { Address = address, Length = (nuint)length };
        try
        {
            int code = Import(Kernel32.CurrentProcess, 1, ref range, 0) ? 0 : Marshal.GetLastWin32Error();
            NativeTrace.Listener?.Invoke(NativeTrace.Call(
                "PrefetchVirtualMemory",
                WindowsErrors.Result(code),
                "GetCurrentProcess()",
                1,
                $"{{{NativeTrace.Address(address)}, {length}}}",
                0));
            return code;
        }
        catch (EntryPointNotFoundException)
        {
            return WindowsConstants.CallNotImplemented;
        }
    }

    [DllImport(Kernel32.Name, EntryPoint = "PrefetchVirtualMemory", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(nint process, nuint count, ref MemoryRange ranges, uint flags);

    /// <summary>WIN32_MEMORY_RANGE_ENTRY of memoryapi.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MemoryRange
    {
        public nint Address;
        public nuint Length;
    }
}
