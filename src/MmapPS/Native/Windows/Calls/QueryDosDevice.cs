using System;
using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>QueryDosDeviceW.</summary>
internal static class QueryDosDevice
{
    /// <summary>The present device of a drive such as <c>C:</c>, or null if there is none.</summary>
    /// <param name="drive">Letter and colon.</param>
    /// <param name="buffer">Buffer for the longest path.</param>
    public static unsafe string? Invoke(string drive, Span<char> buffer)
    {
        fixed (char* text = buffer)
        {
            // A list of zero-terminated texts; the first is the present one.
            uint length = Import(drive, text, (uint)buffer.Length);
            int code = length == 0 ? Marshal.GetLastWin32Error() : 0;
            NativeTrace.Listener?.Invoke(NativeTrace.Call(
                "QueryDosDeviceW", WindowsErrors.Count(length, code), NativeTrace.Text(drive), "...", buffer.Length));
            return length == 0 ? null : new string(text);
        }
    }

    [DllImport(Kernel32.Name, EntryPoint = "QueryDosDeviceW", SetLastError = true, CharSet = CharSet.Unicode)]
    private static extern unsafe uint Import(string drive, char* text, uint size);
}
