using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using MmapPS.Regions.Life;
using MmapPS.Scripting;

namespace MmapPS.Loading;

/// <summary>
/// Unmaps all regions when the module is removed. Regions belong to the process, so only the removal from the last open
/// runspace does this. A closed runspace releases the regions that it mapped.
/// </summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    // Two algorithms of one cmdlet need it. Another module may have loaded an older one, and the import must not fail for that.
    private const string LoadedWhenUsed = "System.IO.Hashing";

    private static readonly List<Runspace> Importers = [];

    /// <inheritdoc/>
    public void OnImport()
    {
        // First, because all code after it may use types of these assemblies.
        DesktopAssemblies.Register();
        LoadReferences();
        MappedRegion.Caller = new ScriptCaller();
        Runspace runspace = Runspace.DefaultRunspace;
        runspace.StateChanged -= OnStateChanged;
        runspace.StateChanged += OnStateChanged;
        lock (Importers)
        {
            Importers.Add(runspace);
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        lock (Importers)
        {
            Importers.Remove(Runspace.DefaultRunspace);
            if (Importers.Count > 0)
            {
                return;
            }
        }

        RegionTable.CloseAll();
    }

    // If an assembly cannot be loaded at its first use, because no file can be opened any more, it stays missing.
    private static void LoadReferences()
    {
        foreach (AssemblyName reference in typeof(ModuleLifetime).Assembly.GetReferencedAssemblies())
        {
            if (reference.Name != LoadedWhenUsed)
            {
                Assembly.Load(reference);
            }
        }
    }

    private static void OnStateChanged(object? sender, RunspaceStateEventArgs change)
    {
        if (sender is Runspace runspace && change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
        {
            RegionTable.LetGo(runspace);
            lock (Importers)
            {
                Importers.RemoveAll(importer => importer == runspace);
            }
        }
    }
}
