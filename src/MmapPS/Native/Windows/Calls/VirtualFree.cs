using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>VirtualFree.</summary>
internal static class VirtualFree
{
    /// <summary>Frees memory of VirtualAlloc as a whole: the system takes no length for that.</summary>
    /// <returns>Whether it succeeded.</returns>
    public static bool Invoke(nint address, long length) => Free(address, 0, WindowsConstants.MemRelease);

    /// <summary>Frees the storage of whole pages and keeps their addresses.</summary>
    /// <returns>Whether it succeeded.</returns>
    public static bool Decommit(nint address, long length) => Free(address, (nuint)length, WindowsConstants.MemDecommit);

    private static bool Free(nint address, nuint length, uint type)
    {
        int code = Import(address, length, type) ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("VirtualFree", WindowsErrors.Result(code), address, length, $"0x{type:x}"));
        return code == 0;
    }

    [DllImport(Kernel32.Name, EntryPoint = "VirtualFree", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(nint address, nuint length, uint type);
}
