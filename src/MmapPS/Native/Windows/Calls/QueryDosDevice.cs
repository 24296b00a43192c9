using System;
using System.Runtime.InteropServices;

namespace MmapPS.Native.Windows.Calls;

/// <summary>QueryDosDeviceW.</summary>
internal static class QueryDosDevice
{
    /// <summary>The device that a drive such as <c>C:</c> stands for now, or null where there is none.</summary>
    /// <param name="drive">Letter and colon.</param>
    /// <param name="buffer">Room for the longest path.</param>
    public static unsafe string? Invoke(string drive, Span<char> buffer)
    {
        fixed (char* text = buffer)
        {
            // A list of texts that each end with a zero; the first is the present one.
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
