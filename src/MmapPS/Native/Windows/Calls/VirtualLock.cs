using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>VirtualLock.</summary>
internal static class VirtualLock
{
    /// <summary>Locks pages in memory, as far as the minimum working set allows.</summary>
    /// <returns>0, or the error code.</returns>
    public static int Invoke(nint address, long length)
    {
        int code = Import(address, (nuint)length) ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("VirtualLock", WindowsErrors.Result(code), address, length));
        return code;
    }

    [DllImport(Kernel32.Name, EntryPoint = "VirtualLock", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(nint address, nuint length);
}
