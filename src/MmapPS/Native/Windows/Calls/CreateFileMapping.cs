using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Windows.Calls;

/// <summary>CreateFileMappingW.</summary>
internal static class CreateFileMapping
{
    private static readonly SafeFileHandle PagingFile = new(preexistingHandle: (nint)(-1), ownsHandle: false);

    /// <summary>Creates or opens a section of memory with a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="protection">PAGE_* and SEC_*.</param>
    /// <param name="length">Length of new memory in bytes.</param>
    /// <param name="isNew">Whether it was created.</param>
    /// <param name="code">The error code if the result is invalid, otherwise 0.</param>
    public static SafeFileHandle Invoke(string name, uint protection, long length, out bool isNew, out int code)
    {
        SafeFileHandle section = Invoke(null, protection, length, out code, name);
        isNew = Marshal.GetLastWin32Error() != WindowsConstants.AlreadyExists;
        return section;
    }

    /// <summary>Creates a section of a file, with the file's present length, or of memory.</summary>
    /// <param name="file">The file, or null for memory.</param>
    /// <param name="protection">PAGE_* and SEC_*.</param>
    /// <param name="length">Length of memory in bytes; 0 with a file, which a larger length would make longer.</param>
    /// <param name="code">The error code if the result is invalid, otherwise 0.</param>
    /// <param name="name">A name for it; existing memory with this name is opened unchanged.</param>
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
