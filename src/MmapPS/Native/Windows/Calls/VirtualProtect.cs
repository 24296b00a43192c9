using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>VirtualProtect.</summary>
internal static class VirtualProtect
{
    /// <summary>Changes the protection of pages; pages of a view cannot get more than the view was mapped with.</summary>
    /// <returns>0, or the error code.</returns>
    public static int Invoke(nint address, long length, uint protection)
    {
        int code = Import(address, (nuint)length, protection, out _) ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("VirtualProtect", WindowsErrors.Result(code), address, length, $"0x{protection:x}"));
        return code;
    }

    [DllImport(Kernel32.Name, EntryPoint = "VirtualProtect", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(nint address, nuint length, uint protection, out uint before);
}
