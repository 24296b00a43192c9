using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MmapPS.Commands.Bases;
using MmapPS.Native;
using MmapPS.Parameters;
using MmapPS.Regions.Making;

namespace MmapPS.Commands;

/// <summary>Maps a file, runs a script block with the region, and unmaps it however the block ends; then the next file.</summary>
[Cmdlet(VerbsOther.Use, "MemoryMap", DefaultParameterSetName = PathSet)]
public sealed class UseMemoryMapCommand : PathCommand
{
    // A steppable pipeline emits what the block does at once, and Ctrl+C stops it.
    private static readonly ScriptBlock Call = ScriptBlock.Create("param($block, $region) & $block $region");

    /// <summary>What to do with each region, which is its first argument.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>Where in the file the region starts, in bytes; any offset, default 0.</summary>
    [Parameter]
    [Int64Transformation]
    public long Offset { get; set; }

    /// <summary>How many bytes the region has; default all from the offset on.</summary>
    [Parameter]
    [Int64Transformation]
    public long? Length { get; set; }

    /// <summary>What may be done with the bytes; default Read,Write.</summary>
    [Parameter]
    [ProtectionTransformation]
    public MemoryProtection Protection { get; set; } = MemoryProtection.Read | MemoryProtection.Write;

    /// <summary>Who sees changes; default Shared.</summary>
    [Parameter]
    public MapSharing Sharing { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessPath(string path)
    {
        if (!FilePaths.IsFile(path, fromObject: IsLiteral && MyInvocation.ExpectingInput))
        {
            return;
        }

        var request = new MapRequest
        {
            Path = path,
            Offset = Offset,
            Length = Length,
            Protection = Protection,
            Sharing = Sharing,
            Existing = true,
        };
        using MappedRegion region = RegionFactory.Create(MemoryPlatform.Current, request, Work, Runspace.DefaultRunspace);
        using SteppablePipeline call = Call.GetSteppablePipeline(CommandOrigin.Internal, [ScriptBlock, region]);
        call.Begin(this);
        call.Process();
        call.End();
    }
}
