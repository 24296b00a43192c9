using System.Management.Automation;
using MmapPS.Native;
using MmapPS.Resources;

namespace MmapPS.Commands;

/// <summary>Unmaps regions. One that another thread is using is unmapped when that use ends.</summary>
[Cmdlet(VerbsCommon.Remove, "MemoryMap", SupportsShouldProcess = true)]
public sealed class RemoveMemoryMapCommand : RegionCommand
{
    /// <summary>Make all changes durable first; if that fails the region stays.</summary>
    [Parameter]
    public SwitchParameter Sync { get; set; }

    /// <summary>Remove the name of shared memory too; whoever has it mapped keeps it.</summary>
    [Parameter]
    public SwitchParameter Unlink { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        if (Unlink && region.Name is null)
        {
            throw new MappingException(MappingError.NotSupported, Messages.UnlinkNeedsName(region.Subject));
        }

        string action = Unlink ? Messages.ActionUnlink(region.Subject) : Messages.ActionRemove();
        if (!ShouldProcess(Messages.TargetRange(region.Subject, region.Offset, region.Length), action))
        {
            return;
        }

        if (Sync)
        {
            using CommandMonitor monitor = Watch(region.Length);
            region.Synchronize(region.Range(0, null), SyncModes.Durable, monitor);
        }

        region.Remove();
        if (Unlink)
        {
            MemoryPlatform.Current.Unlink(region.Name!);
        }
    }
}
