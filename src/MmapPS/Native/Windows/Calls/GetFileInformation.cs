using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Windows.Calls;

/// <summary>GetFileInformationByHandle.</summary>
internal static class GetFileInformation
{
    /// <summary>Information about an open file.</summary>
    /// <returns>Whether the call succeeded.</returns>
    public static bool Invoke(SafeFileHandle file, out Result result)
    {
        bool known = Import(file, out result);
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "GetFileInformationByHandle", WindowsErrors.Result(known ? 0 : Marshal.GetLastWin32Error()), file, "..."));
        return known;
    }

    [DllImport(Kernel32.Name, EntryPoint = "GetFileInformationByHandle", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Import(SafeFileHandle file, out Result result);

    /// <summary>BY_HANDLE_FILE_INFORMATION of fileapi.h; only the fields that are used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 52)]
    internal struct Result
    {
        /// <summary>dwVolumeSerialNumber.</summary>
        [FieldOffset(28)]
        public uint Volume;

        /// <summary>nFileIndexHigh.</summary>
        [FieldOffset(44)]
        public uint IndexHigh;

        /// <summary>nFileIndexLow.</summary>
        [FieldOffset(48)]
        public uint IndexLow;
    }
}
