using System.Text;

namespace MmapPS.Native.Unix;

/// <summary>Common parts of the imports from the C library.</summary>
internal static class Libc
{
    /// <summary>The runtime finds libc.so.6, musl's libc and libSystem under this name.</summary>
    public const string Name = "libc";

    /// <summary>A path for the C library: UTF-8 with a terminating zero.</summary>
    public static byte[] ToNativePath(string path)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, 0, path.Length, bytes, 0);
        return bytes;
    }
}
