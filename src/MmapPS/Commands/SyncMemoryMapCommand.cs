using System.IO;
using System.Management.Automation;
using MmapPS.Commands.Bases;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Terms;

namespace MmapPS.Commands;

/// <summary>Makes changes durable: returns when the bytes are on the storage.</summary>
[Cmdlet(VerbsData.Sync, "MemoryMap", DefaultParameterSetName = RegionSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion), typeof(FileInfo))]
public sealed class SyncMemoryMapCommand : FileRangeCommand
{
    /// <summary>Start the write-back and return without waiting for it.</summary>
    [Parameter]
    public SwitchParameter Async { get; set; }

    /// <summary>Make other mappings of the file fetch the bytes again.</summary>
    [Parameter]
    public SwitchParameter Invalidate { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override FileAccess? FileUse => FileAccess.ReadWrite;

    /// <inheritdoc/>
    private protected override void ProcessRange(MappedRegion region, ByteRange range) =>
        Change(region, range, Messages.ActionSync(), work =>
        {
            if (region is { Sharing: MapSharing.Private, Path: not null })
            {
                WriteWarning(Messages.PrivateNotSynced(region.Subject));
            }

            SyncModes mode = (Async ? SyncModes.Async : SyncModes.Durable) | (Invalidate ? SyncModes.Invalidate : SyncModes.Durable);
            region.Sync.Synchronize(range, mode, work);

            // So a file is not made durable once more when it is let go, which -Async would wait for.
            TakeConsent();
        });
}
