using System;
using System.Runtime.InteropServices;
using System.Text;
using MmapPS.Native.Unix;

namespace MmapPS.Native.MacOS.Calls;

/// <summary>
/// proc_pidinfo (libsyscall/wrappers/libproc/libproc.h) with PROC_PIDREGIONPATHINFO: a region of a process's address space.
/// Unlike mach_vm_region it needs no task port, so it works for all processes of the same user.
/// </summary>
internal static class ProcPidInfo
{
    /// <summary>Returns the region at an address, or else the next one after it.</summary>
    /// <returns>0, or the error number: EINVAL if none follows.</returns>
    public static int FindRegion(int process, ulong address, out Region region)
    {
        int size = Import(process, MacOSConstants.PidRegionPathInfo, address, out region, Marshal.SizeOf<Region>());
        int errno = size > 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "proc_pidinfo",
            CallNames.Count(size, errno),
            process,
            "PROC_PIDREGIONPATHINFO",
            NativeTrace.Address((nint)address),
            "...",
            Marshal.SizeOf<Region>()));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "proc_pidinfo", SetLastError = true)]
    private static extern int Import(int process, int flavor, ulong argument, out Region region, int size);

    /// <summary>struct proc_regionwithpathinfo of bsd/sys/proc_info.h; only the fields that are used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 1272)]
    internal unsafe struct Region
    {
        /// <summary>pri_protection: VM_PROT_*, with the same numbers as PROT_*.</summary>
        [FieldOffset(0)]
        public uint Protection;

        /// <summary>pri_inheritance: what a child process inherits.</summary>
        [FieldOffset(8)]
        public uint Inheritance;

        /// <summary>pri_offset: offset in its file.</summary>
        [FieldOffset(16)]
        public ulong Offset;

        /// <summary>pri_user_wired_count: how many times it was locked.</summary>
        [FieldOffset(28)]
        public uint Locks;

        /// <summary>pri_pages_resident.</summary>
        [FieldOffset(36)]
        public uint ResidentPages;

        /// <summary>pri_pages_swapped_out.</summary>
        [FieldOffset(44)]
        public uint SwappedPages;

        /// <summary>pri_pages_dirtied.</summary>
        [FieldOffset(48)]
        public uint DirtyPages;

        /// <summary>pri_address.</summary>
        [FieldOffset(80)]
        public ulong Address;

        /// <summary>pri_size, in bytes.</summary>
        [FieldOffset(88)]
        public ulong Length;

        /// <summary>vip_path, zero-terminated; empty if no file is mapped.</summary>
        [FieldOffset(248)]
        public fixed byte Path[MacOSConstants.LongestPath];

        /// <summary>The address after its end.</summary>
        public readonly ulong End => Address + Length;

        /// <summary>The path of the mapped file, or null.</summary>
        public readonly string? FindPath()
        {
            fixed (byte* start = Path)
            {
                int length = new ReadOnlySpan<byte>(start, MacOSConstants.LongestPath).IndexOf((byte)0);
                return length > 0 ? Encoding.UTF8.GetString(start, length) : null;
            }
        }
    }
}
