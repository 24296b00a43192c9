using System.IO;

namespace MmapPS.Native.Unix;

/// <summary>Traces open(2) and close(2), which .NET calls: open is variadic, and its flags differ between systems.</summary>
internal static class FileTrace
{
    /// <summary>Traces that a file was opened or created.</summary>
    public static void Opened(string path, FileAccess access, bool create, FileStream stream) =>
        NativeTrace.Listener?.Invoke(Call(
            path, access, create, CallNames.Count((long)stream.SafeFileHandle.DangerousGetHandle(), errno: 0)));

    /// <summary>Traces that a file could not be created.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="error">The name of the error.</param>
    public static void Refused(string path, string error) =>
        NativeTrace.Listener?.Invoke(Call(path, FileAccess.ReadWrite, create: true, "-1 " + error));

    /// <summary>Closes a file, with a trace.</summary>
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
