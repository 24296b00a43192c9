using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Windows.Calls;

/// <summary>CreateFileMappingW.</summary>
internal static class CreateFileMapping
{
    private static readonly SafeFileHandle PagingFile = new(preexistingHandle: (nint)(-1), ownsHandle: false);

    /// <summary>Makes a section of memory with a name, or opens it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="protection">PAGE_* and SEC_*.</param>
    /// <param name="length">Bytes of new memory.</param>
    /// <param name="isNew">Whether it was made.</param>
    /// <param name="code">Why the result is invalid, or 0.</param>
    public static SafeFileHandle Invoke(string name, uint protection, long length, out bool isNew, out int code)
    {
        SafeFileHandle section = Invoke(null, protection, length, out code, name);
        isNew = Marshal.GetLastWin32Error() != WindowsConstants.AlreadyExists;
        return section;
    }

    /// <summary>Makes a section of a file as long as that is now, or of memory.</summary>
    /// <param name="file">The file, or null for memory.</param>
    /// <param name="protection">PAGE_* and SEC_*.</param>
    /// <param name="length">Bytes of memory; 0 with a file, where more would make the file longer.</param>
    /// <param name="code">Why the result is invalid, or 0.</param>
    /// <param name="name">A name for it; memory that has the name already is opened as it is.</param>
    public static SafeFileHandle Invoke(SafeFileHandle? file, uint protection, long length, out int code, string? name = null)
    {
        SafeFileHandle section = Import(file ?? PagingFile, 0, protection, (uint)(length >> 32), (uint)length, name);
        code = section.IsInvalid ? Marshal.GetLastWin32Error() : 0;
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "CreateFileMappingW",
            WindowsErrors.Count((long)section.DangerousGetHandle(), code),
            file ?? PagingFile,
            NativeTrace.Address(0),
            $"0x{protection:x}",
            length >> 32,
            (uint)length,
            NativeTrace.Text(name)));
        return section;
    }

    [DllImport(Kernel32.Name, EntryPoint = "CreateFileMappingW", SetLastError = true, CharSet = CharSet.Unicode)]
    private static extern SafeFileHandle Import(
        SafeFileHandle file, nint security, uint protection, uint lengthHigh, uint lengthLow, string? name);
}
