using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Windows.Calls;

/// <summary>ReadFile.</summary>
internal static class ReadFile
{
    /// <summary>Reads at an offset.</summary>
    /// <returns>Bytes read, 0 at the end of the file, -1 on failure; <paramref name="code"/> says why.</returns>
    public static unsafe int Invoke(SafeFileHandle file, long offset, Span<byte> destination, out int code)
    {
        var place = new Overlapped { OffsetLow = (uint)offset, OffsetHigh = (uint)(offset >> 32) };
        fixed (byte* buffer = destination)
        {
            code = Import(file, buffer, (uint)destination.Length, out uint count, ref place) ? 0 : Marshal.GetLastWin32Error();
            if (code == WindowsConstants.HandleEndOfFile)
            {
                code = 0;
                return 0;
            }

            return code == 0 ? (int)count : -1;
        }
    }

    [DllImport(Kernel32.Name, EntryPoint = "ReadFile", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern unsafe bool Import(SafeFileHandle file, byte* buffer, uint wanted, out uint count, ref Overlapped place);

    /// <summary>OVERLAPPED of minwinbase.h, which gives the offset of a read from a file opened for synchronous calls.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Overlapped
    {
        public nuint Internal;
        public nuint InternalHigh;
        public uint OffsetLow;
        public uint OffsetHigh;
        public nint Event;
    }
}
