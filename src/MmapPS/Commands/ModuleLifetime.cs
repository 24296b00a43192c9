using System.Management.Automation;
using System.Threading;
using MmapPS.Regions;

namespace MmapPS.Commands;

/// <summary>
/// Unmaps all that is open when the module goes. Regions belong to the process and a runspace may close while others go
/// on, so only the removal of the last import does it.
/// </summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static int s_imports;

    /// <inheritdoc/>
    public void OnImport()
    {
        // First, because all that follows may touch types of theirs.
        DesktopAssemblies.Register();
        Interlocked.Increment(ref s_imports);
        MappedRegion.MemberError = (exception, region) => new RegionMemberException(ErrorRecords.From(exception, region));
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        if (Interlocked.Decrement(ref s_imports) <= 0)
        {
            RegionTable.CloseAll();
        }
    }
}
