using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>UnmapViewOfFile.</summary>
internal static class UnmapViewOfFile
{
    /// <summary>Removes a whole view.</summary>
    /// <returns>Whether it succeeded.</returns>
    public static bool Invoke(nint address, long length)
    {
        int code = Import(address) ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("UnmapViewOfFile", WindowsErrors.Result(code), address));
        return code == 0;
    }

    [DllImport(Kernel32.Name, EntryPoint = "UnmapViewOfFile", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(nint address);
}
