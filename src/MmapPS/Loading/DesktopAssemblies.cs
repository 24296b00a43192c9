using System;
using System.IO;
using System.Reflection;

namespace MmapPS.Loading;

/// <summary>
/// Loads assemblies that Windows PowerShell 5.1 lacks, System.Memory and its dependencies, from the folder Desktop in the module.
/// PowerShell 7 has faster ones and never loads these. No code here may use one of their types.
/// </summary>
internal static class DesktopAssemblies
{
    private static readonly string Folder =
        Path.Combine(Path.GetDirectoryName(typeof(DesktopAssemblies).Assembly.Location) ?? string.Empty, "Desktop");

    private static int s_registered;

    /// <summary>Lets the runtime ask here for assemblies that it does not find.</summary>
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
