using System;
using System.Runtime.InteropServices;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux;

/// <summary>process_vm_readv(2) and process_vm_writev(2) on the own process: copies that fail politely.</summary>
internal static class ProcessVm
{
    private static readonly int Self = GetProcessId();

    /// <summary>Copies out of mapped memory.</summary>
    /// <returns>Bytes copied, or -1 where <paramref name="errno"/> says why none.</returns>
    public static unsafe int Read(nint source, Span<byte> destination, out int errno)
    {
        fixed (byte* local = destination)
        {
            var here = new IoVector { Base = (nint)local, Length = (nuint)destination.Length };
            var there = new IoVector { Base = source, Length = here.Length };
            nint result = ImportRead(Self, &here, 1, &there, 1, 0);
            errno = result < 0 ? Marshal.GetLastWin32Error() : 0;
            return (int)result;
        }
    }

    /// <summary>Copies into mapped memory.</summary>
    /// <returns>Bytes copied, or -1 where <paramref name="errno"/> says why none.</returns>
    public static unsafe int Write(nint destination, ReadOnlySpan<byte> source, out int errno)
    {
        fixed (byte* local = source)
        {
            var here = new IoVector { Base = (nint)local, Length = (nuint)source.Length };
            var there = new IoVector { Base = destination, Length = here.Length };
            nint result = ImportWrite(Self, &here, 1, &there, 1, 0);
            errno = result < 0 ? Marshal.GetLastWin32Error() : 0;
            return (int)result;
        }
    }

    [DllImport(Libc.Name, EntryPoint = "getpid")]
    private static extern int GetProcessId();

    [DllImport(Libc.Name, EntryPoint = "process_vm_readv", SetLastError = true)]
    private static extern unsafe nint ImportRead(
        int process, IoVector* local, nuint localCount, IoVector* remote, nuint remoteCount, nuint flags);

    [DllImport(Libc.Name, EntryPoint = "process_vm_writev", SetLastError = true)]
    private static extern unsafe nint ImportWrite(
        int process, IoVector* local, nuint localCount, IoVector* remote, nuint remoteCount, nuint flags);

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct IoVector
    {
        public nint Base;
        public nuint Length;
    }
}
