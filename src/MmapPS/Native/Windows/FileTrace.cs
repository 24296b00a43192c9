using System.IO;
using static MmapPS.Native.Windows.WindowsConstants;

namespace MmapPS.Native.Windows;

/// <summary>Tells of CreateFileW and CloseHandle, which .NET calls.</summary>
internal static class FileTrace
{
    // SECURITY_SQOS_PRESENT, which .NET adds: whoever serves a pipe may not act as this user.
    private const uint Flags = 0x100000;

    /// <summary>Tells that a file was opened, or made.</summary>
    public static void Opened(string path, FileAccess access, bool create, FileStream stream) =>
        NativeTrace.Listener?.Invoke(Call(path, access, create, WindowsErrors.File(stream.SafeFileHandle.DangerousGetHandle(), code: 0)));

    /// <summary>Tells that it could not be.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="access">What it was to be opened for.</param>
    /// <param name="create">Whether it was to be made.</param>
    /// <param name="code">The error code.</param>
    public static void Refused(string path, FileAccess access, bool create, int code) =>
        NativeTrace.Listener?.Invoke(Call(path, access, create, WindowsErrors.File(0, code)));

    /// <summary>Closes a file and tells so.</summary>
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
