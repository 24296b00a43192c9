using System;
using System.IO;
using System.Reflection;

namespace MmapPS.Loading;

/// <summary>
/// Finds what Windows PowerShell 5.1 lacks, System.Memory and what that needs, in the folder Desktop beside the module.
/// PowerShell 7 has faster ones of its own and never looks there. Nothing here may touch a type of theirs.
/// </summary>
internal static class DesktopAssemblies
{
    private static readonly string Folder =
        Path.Combine(Path.GetDirectoryName(typeof(DesktopAssemblies).Assembly.Location) ?? string.Empty, "Desktop");

    private static int s_registered;

    /// <summary>From now on the runtime asks here for what it does not find itself.</summary>
    public static void Register()
    {
        bool framework = typeof(object).Assembly.GetName().Name == "mscorlib";
        if (framework && System.Threading.Interlocked.Exchange(ref s_registered, 1) == 0)
        {
            AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) => Find(wanted.Name);
        }
    }

    private static Assembly? Find(string name)
    {
        string path = Path.Combine(Folder, new AssemblyName(name).Name + ".dll");
        return File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }
}
