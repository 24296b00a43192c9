using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using MmapPS.Regions.Life;
using MmapPS.Scripting;

namespace MmapPS.Loading;

/// <summary>
/// Unmaps all that is open when the module goes. Regions belong to the process and runspaces come and go, so only its
/// removal from the last runspace that is open does it. A runspace that is closed lets go of the regions that it mapped.
/// </summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly List<Runspace> Importers = [];

    /// <inheritdoc/>
    public void OnImport()
    {
        // First, because all that follows may touch types of theirs.
        DesktopAssemblies.Register();
        LoadReferences();
        MappedRegion.Language = new PowerShellLanguage();
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

    // An assembly that cannot be loaded when it is first used, because no file can be opened any more, is missing from then on.
    private static void LoadReferences()
    {
        foreach (AssemblyName reference in typeof(ModuleLifetime).Assembly.GetReferencedAssemblies())
        {
            Assembly.Load(reference);
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
