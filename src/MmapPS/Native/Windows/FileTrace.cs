using System.IO;
using static MmapPS.Native.Windows.WindowsConstants;

namespace MmapPS.Native.Windows;

/// <summary>Traces CreateFileW and CloseHandle, which .NET calls.</summary>
internal static class FileTrace
{
    // SECURITY_SQOS_PRESENT, which .NET adds: the server of a pipe may not impersonate this user.
    private const uint Flags = 0x100000;

    /// <summary>Traces that a file was opened or created.</summary>
    public static void Opened(string path, FileAccess access, bool create, FileStream stream) =>
        NativeTrace.Listener?.Invoke(Call(path, access, create, WindowsErrors.File(stream.SafeFileHandle.DangerousGetHandle(), code: 0)));

    /// <summary>Traces that a file could not be opened or created.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="access">The requested access.</param>
    /// <param name="create">Whether to create the file.</param>
    /// <param name="code">The error code.</param>
    public static void Refused(string path, FileAccess access, bool create, int code) =>
        NativeTrace.Listener?.Invoke(Call(path, access, create, WindowsErrors.File(0, code)));

    /// <summary>Closes a file, with a trace.</summary>
    public static void Close(FileStream stream)
    {
        if (!stream.SafeFileHandle.IsClosed)
        {
            NativeTrace.Listener?.Invoke(NativeTrace.Call("CloseHandle", "1", stream.SafeFileHandle));
        }

        stream.Dispose();
    }

    private static string Call(string path, FileAccess access, bool create, string result) => NativeTrace.Call(
        "CreateFileW",
        result,
        NativeTrace.Text(path),
        NativeTrace.Hex(GenericRead | (create || access != FileAccess.Read ? GenericWrite : 0)),
        NativeTrace.Hex(FileShareRead | FileShareWrite | FileShareDelete),
        "NULL",
        create ? CreateNew : OpenExisting,
        NativeTrace.Hex(Flags),
        "NULL");
}
