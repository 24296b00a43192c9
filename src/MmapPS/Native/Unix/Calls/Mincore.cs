using System;
using System.Runtime.InteropServices;

namespace MmapPS.Native.Unix.Calls;

/// <summary>mincore(2).</summary>
internal static class Mincore
{
    /// <summary>Queries as many pages as the span has bytes. Only the lowest bit of each byte is meaningful.</summary>
    /// <returns>0, or the error number.</returns>
    public static unsafe int Invoke(nint address, long pageSize, Span<byte> pages)
    {
        fixed (byte* answer = pages)
        {
            long length = pages.Length * pageSize;
            int errno = Import(address, (nuint)length, answer) == 0 ? 0 : Marshal.GetLastWin32Error();
            NativeTrace.Listener?.Invoke(NativeTrace.Call("mincore", CallNames.Result(errno), address, length, (nint)answer));
            return errno;
        }
    }

    [DllImport(Libc.Name, EntryPoint = "mincore", SetLastError = true)]
    private static extern unsafe int Import(nint address, nuint length, byte* answer);
}
