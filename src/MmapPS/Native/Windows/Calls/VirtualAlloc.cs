using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>VirtualAlloc.</summary>
internal static class VirtualAlloc
{
    /// <summary>Allocates private memory of this process.</summary>
    /// <param name="address">The exact address, or 0 if the system chooses.</param>
    /// <param name="length">Length in bytes.</param>
    /// <param name="type">MEM_*.</param>
    /// <param name="protection">PAGE_*.</param>
    /// <param name="code">The error code if the result is 0, otherwise 0.</param>
    /// <returns>Its address, or 0.</returns>
    public static nint Invoke(nint address, long length, uint type, uint protection, out int code)
    {
        nint result = Import(address, (nuint)length, type, protection);
        code = result == 0 ? Marshal.GetLastWin32Error() : 0;
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "VirtualAlloc", WindowsErrors.Result(result, code), address, length, $"0x{type:x}", $"0x{protection:x}"));
        return result;
    }

    [DllImport(Kernel32.Name, EntryPoint = "VirtualAlloc", SetLastError = true)]
    private static extern nint Import(nint address, nuint length, uint type, uint protection);
}
