using System.Globalization;
using System.Runtime.InteropServices;
using MmapPS.Native.Unix;
using static MmapPS.Native.MacOS.MacOSConstants;

namespace MmapPS.Native.MacOS.Calls;

/// <summary>
/// mach_vm_read_overwrite and mach_vm_write on the own task: copies by the kernel, which reports a bad page as an error
/// (osfmk/mach/mach_vm.defs). All or nothing, so they return no count. And mach_vm_remap, which maps memory again.
/// </summary>
internal static class MachVm
{
    // mach_task_self() is a macro over a variable; this trap (osfmk/mach/mach_traps.h) sets that variable.
    private static readonly uint Self = GetTaskSelf();

    /// <summary>Copies from mapped memory.</summary>
    /// <returns>Number of bytes copied.</returns>
    public static int Read(nint source, nint destination, int count) =>
        ImportRead(Self, (ulong)source, (ulong)count, (ulong)destination, out _) == KernSuccess ? count : 0;

    /// <summary>Copies into mapped memory.</summary>
    /// <returns>Number of bytes copied.</returns>
    public static int Write(nint source, nint destination, int count) =>
        ImportWrite(Self, (ulong)destination, source, (uint)count) == KernSuccess ? count : 0;

    /// <summary>Maps the same memory at another address, and replaces the mapping there; each page keeps its protection.</summary>
    /// <param name="source">Its address.</param>
    /// <param name="destination">The other address.</param>
    /// <param name="length">Length in bytes, whole pages.</param>
    /// <param name="inheritance">What a child process inherits, VM_INHERIT_*.</param>
    /// <returns>0, or the kernel's error code.</returns>
    public static int Remap(nint source, nint destination, long length, uint inheritance)
    {
        ulong target = (ulong)destination;
        int code = ImportRemap(
            Self, ref target, (ulong)length, 0, VmFixed | VmOverwrite, Self, (ulong)source, copy: 0, out _, out _, inheritance);
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "mach_vm_remap",
            code.ToString(CultureInfo.InvariantCulture),
            "mach_task_self()",
            destination,
            length,
            0,
            "VM_FLAGS_FIXED|VM_FLAGS_OVERWRITE",
            "mach_task_self()",
            source,
            0,
            "...",
            "...",
            inheritance == VmInheritShare ? "VM_INHERIT_SHARE" : "VM_INHERIT_COPY"));
        return code;
    }

    [DllImport(Libc.Name, EntryPoint = "task_self_trap")]
    private static extern uint GetTaskSelf();

    [DllImport(Libc.Name, EntryPoint = "mach_vm_read_overwrite")]
    private static extern int ImportRead(uint task, ulong address, ulong size, ulong data, out ulong copied);

    [DllImport(Libc.Name, EntryPoint = "mach_vm_write")]
    private static extern int ImportWrite(uint task, ulong address, nint data, uint count);

    [DllImport(Libc.Name, EntryPoint = "mach_vm_remap")]
    private static extern int ImportRemap(
        uint task,
        ref ulong address,
        ulong size,
        ulong mask,
        int flags,
        uint sourceTask,
        ulong sourceAddress,
        int copy,
        out int protection,
        out int maximumProtection,
        uint inheritance);
}
