using System.Runtime.InteropServices;
using System.Threading;

namespace MmapPS.Native.Windows.Calls;

/// <summary>FlushViewOfFile.</summary>
internal static class FlushViewOfFile
{
    // 1 ms, 2 ms ... 2 s: four seconds in total.
    private const int Attempts = 12;

    /// <summary>Writes a range of a view to its file.</summary>
    /// <returns>0, or the error code.</returns>
    public static int Invoke(nint address, long length)
    {
        // NTFS refuses while it writes the same pages by itself, and asks to try again.
        for (int attempt = 0; ; attempt++)
        {
            int code = Import(address, (nuint)length) ? 0 : Marshal.GetLastWin32Error();
            NativeTrace.Listener?.Invoke(NativeTrace.Call("FlushViewOfFile", WindowsErrors.Result(code), address, length));
            if (code != WindowsConstants.LockViolation || attempt == Attempts)
            {
                return code;
            }

            Thread.Sleep(1 << attempt);
        }
    }

    [DllImport(Kernel32.Name, EntryPoint = "FlushViewOfFile", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(nint address, nuint length);
}
