using System.IO;

namespace MmapPS.Native.Unix;

/// <summary>Tells of open(2) and close(2), which .NET makes: open is variadic, and its flags differ between systems.</summary>
internal static class FileTrace
{
    /// <summary>Tells that a file was opened, or made.</summary>
    public static void Opened(string path, FileAccess access, bool create, FileStream stream) =>
        NativeTrace.Listener?.Invoke(Call(
            path, access, create, CallNames.Count((long)stream.SafeFileHandle.DangerousGetHandle(), errno: 0)));

    /// <summary>Tells that one could not be made.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="error">The name of the error.</param>
    public static void Refused(string path, string error) =>
        NativeTrace.Listener?.Invoke(Call(path, FileAccess.ReadWrite, create: true, "-1 " + error));

    /// <summary>Closes a file and tells so.</summary>
    public static void Close(FileStream stream)
    {
        if (!stream.SafeFileHandle.IsClosed)
        {
            NativeTrace.Listener?.Invoke(NativeTrace.Call("close", "0", stream.SafeFileHandle));
        }

        stream.Dispose();
    }

    private static string Call(string path, FileAccess access, bool create, string result) => create
        ? NativeTrace.Call("open", result, NativeTrace.Text(path), "O_RDWR|O_CREAT|O_EXCL|O_CLOEXEC", "0666")
        : NativeTrace.Call(
            "open", result, NativeTrace.Text(path), (access == FileAccess.Read ? "O_RDONLY" : "O_RDWR") + "|O_CLOEXEC");
}
