using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>VirtualUnlock.</summary>
internal static class VirtualUnlock
{
    /// <summary>Unlocks pages that are all locked.</summary>
    /// <returns>0, or the error code.</returns>
    public static int Invoke(nint address, long length)
    {
        int code = Import(address, (nuint)length) ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("VirtualUnlock", WindowsErrors.Result(code), address, length));
        return code;
    }

    [DllImport(Kernel32.Name, EntryPoint = "VirtualUnlock", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(nint address, nuint length);
}
