using System.Runtime.InteropServices;
using MmapPS.Native.Unix;

namespace MmapPS.Native.MacOS.Calls;

/// <summary>unlink(2); .NET's File.Delete does not report a missing file.</summary>
internal static class Unlink
{
    /// <summary>Removes a file's name.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(string path)
    {
        int errno = Import(Libc.ToNativePath(path)) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("unlink", CallNames.Result(errno), NativeTrace.Text(path)));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "unlink", SetLastError = true)]
    private static extern int Import(byte[] path);
}
