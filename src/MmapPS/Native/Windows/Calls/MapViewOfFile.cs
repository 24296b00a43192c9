using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>MapViewOfFileEx.</summary>
internal static class MapViewOfFile
{
    /// <summary>Maps a view of a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="access">FILE_MAP_*.</param>
    /// <param name="offset">A multiple of the allocation granularity.</param>
    /// <param name="length">Length in bytes, or 0 for all.</param>
    /// <param name="address">The exact address, or 0 if the system chooses.</param>
    /// <param name="code">The error code if the result is 0, otherwise 0.</param>
    /// <returns>Its address, or 0.</returns>
    public static nint Invoke(SafeHandle section, uint access, long offset, long length, nint address, out int code)
    {
        nint view = Import(section, access, (uint)(offset >> 32), (uint)offset, (nuint)length, address);
        code = view == 0 ? Marshal.GetLastWin32Error() : 0;
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "MapViewOfFileEx", WindowsErrors.Result(view, code), section, $"0x{access:x}", offset >> 32, (uint)offset, length, address));
        return view;
    }

    [DllImport(Kernel32.Name, EntryPoint = "MapViewOfFileEx", SetLastError = true)]
    private static extern nint Import(SafeHandle section, uint access, uint offsetHigh, uint offsetLow, nuint length, nint address);
}
