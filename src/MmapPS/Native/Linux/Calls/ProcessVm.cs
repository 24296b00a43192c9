using System.Runtime.InteropServices;
using MmapPS.Native.Unix;
using MmapPS.Native.Unix.Calls;

namespace MmapPS.Native.Linux.Calls;

/// <summary>process_vm_readv(2) and process_vm_writev(2) on the current process: copies that return EFAULT and raise no SIGSEGV.</summary>
internal static class ProcessVm
{
    private static readonly int Self = ProcessId.Own;

    /// <summary>Copies between buffers and memory that may have bad pages.</summary>
    /// <returns>Bytes copied, or -1 on failure; <paramref name="errno"/> says why.</returns>
    public delegate int Copier(nint local, nint remote, int count, out int errno);

    /// <summary>Copies from mapped memory.</summary>
    /// <returns>Bytes copied, or -1 on failure; <paramref name="errno"/> says why.</returns>
    public static unsafe int Read(nint local, nint remote, int count, out int errno)
    {
        var here = new IoVector { Base = local, Length = (nuint)count };
        var there = new IoVector { Base = remote, Length = (nuint)count };
        nint result = ImportRead(Self, &here, 1, &there, 1, 0);
        errno = result < 0 ? Marshal.GetLastWin32Error() : 0;
        return (int)result;
    }

    /// <summary>Copies into mapped memory.</summary>
    /// <returns>Bytes copied, or -1 on failure; <paramref name="errno"/> says why.</returns>
    public static unsafe int Write(nint local, nint remote, int count, out int errno)
    {
        var here = new IoVector { Base = local, Length = (nuint)count };
        var there = new IoVector { Base = remote, Length = (nuint)count };
        nint result = ImportWrite(Self, &here, 1, &there, 1, 0);
        errno = result < 0 ? Marshal.GetLastWin32Error() : 0;
        return (int)result;
    }

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
