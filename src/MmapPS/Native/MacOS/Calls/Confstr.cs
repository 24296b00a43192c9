using System.Runtime.InteropServices;
using System.Text;
using MmapPS.Native.Unix;

namespace MmapPS.Native.MacOS.Calls;

/// <summary>confstr(3).</summary>
internal static class Confstr
{
    /// <summary>A configuration string of the system.</summary>
    /// <returns>The text, or null if there is none.</returns>
    public static string? Find(int name)
    {
        byte[] text = new byte[MacOSConstants.LongestPath];
        int length = (int)Import(name, text, (nuint)text.Length);
        return length is 0 || length > text.Length ? null : Encoding.UTF8.GetString(text, 0, length - 1);
    }

    [DllImport(Libc.Name, EntryPoint = "confstr", SetLastError = true)]
    private static extern nuint Import(int name, byte[] text, nuint length);
}
