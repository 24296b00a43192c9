using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MmapPS.Regions;

namespace MmapPS.Commands;

/// <summary>
/// Unmaps all that is open when the module goes. Regions belong to the process and runspaces come and go, so only its
/// removal from the last runspace that is open does it.
/// </summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly List<Runspace> Importers = [];

    /// <inheritdoc/>
    public void OnImport()
    {
        // First, because all that follows may touch types of theirs.
        DesktopAssemblies.Register();
        MappedRegion.Language = new PowerShellLanguage();
        lock (Importers)
        {
            Importers.Add(Runspace.DefaultRunspace);
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        lock (Importers)
        {
            Importers.Remove(Runspace.DefaultRunspace);
            Importers.RemoveAll(runspace => runspace.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken);
            if (Importers.Count > 0)
            {
                return;
            }
        }

        RegionTable.CloseAll();
    }
}
