using System;
using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>GetMappedFileNameW, in kernel32.dll since Windows 7.</summary>
internal static class GetMappedFileName
{
    /// <summary>The device path of the file mapped at an address, or null if there is none.</summary>
    /// <param name="process">A handle with PROCESS_QUERY_INFORMATION.</param>
    /// <param name="address">An address in the view.</param>
    /// <param name="buffer">Buffer for the longest path.</param>
    public static unsafe string? Invoke(SafeHandle process, nint address, Span<char> buffer)
    {
        fixed (char* text = buffer)
        {
            uint length = Import(process, address, text, (uint)buffer.Length);
            int code = length == 0 ? Marshal.GetLastWin32Error() : 0;
            NativeTrace.Listener?.Invoke(NativeTrace.Call(
                "K32GetMappedFileNameW", WindowsErrors.Count(length, code), process, address, "...", buffer.Length));
            return length == 0 ? null : buffer.Slice(0, (int)length).ToString();
        }
    }

    [DllImport(Kernel32.Name, EntryPoint = "K32GetMappedFileNameW", SetLastError = true)]
    private static extern unsafe uint Import(SafeHandle process, nint address, char* text, uint size);
}
