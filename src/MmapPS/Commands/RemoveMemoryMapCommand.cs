using System;
using System.Linq;
using System.Management.Automation;
using MmapPS.Commands.Bases;
using MmapPS.Native;
using MmapPS.Parameters;
using MmapPS.Regions.Life;
using MmapPS.Resources;
using MmapPS.Terms;
using MmapPS.Work;

namespace MmapPS.Commands;

/// <summary>Unmaps regions. One that another thread is using is unmapped when that use ends.</summary>
[Cmdlet(VerbsCommon.Remove, "MemoryMap", DefaultParameterSetName = RegionSet, SupportsShouldProcess = true)]
public sealed class RemoveMemoryMapCommand : RegionCommand
{
    /// <summary>The regions, as New-MemoryMap and Get-MemoryMap emit them. One that is closed already is passed over.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = RegionSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    public override MappedRegion[] Region { get; set; } = [];

    /// <summary>The numbers of the regions; one that is not open is an error.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [RegionCompleter]
    [Int32Transformation]
    public int[] Id { get; set; } = [];

    /// <summary>
    /// The paths of the mapped files: full, relative, a file name, or with wildcards. A single * is every open region, also one
    /// without a file.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [RegionCompleter]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The names of shared memory; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [RegionCompleter]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Make all changes durable first; if that fails the region stays.</summary>
    [Parameter]
    public SwitchParameter Sync { get; set; }

    /// <summary>Remove the name of shared memory too; processes that have it mapped keep it.</summary>
    [Parameter]
    public SwitchParameter Unlink { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        TryEach(Id, id => ProcessRegion(RegionTable.Get(id)));
        foreach (string path in Path)
        {
            RemoveMatching(path, path == "*" ? _ => true : Choose(TextFilter.ForPath(SessionState.Path, path), region => region.Path));
        }

        foreach (string name in Name)
        {
            RemoveMatching(name, Choose(TextFilter.ForName(name), region => region.Name));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        bool wasOpen = region.IsOpen;
        if (Unlink && region.Name is null)
        {
            throw new MappingException(MappingError.NotSupported, Messages.UnlinkNeedsName(region.Subject));
        }

        if (wasOpen || Sync || Unlink)
        {
            string action = Unlink ? Messages.ActionUnlink(region.Subject) : Messages.ActionRemove();
            Change(region, action, work => Remove(region, wasOpen, work));
        }
    }

    private static Func<MappedRegion, bool> Choose(Func<string, bool> matches, Func<MappedRegion, string?> get) =>
        region => get(region) is { } text && matches(text);

    private void RemoveMatching(string text, Func<MappedRegion, bool> matches) => Try(text, () =>
    {
        MappedRegion[] found = RegionTable.GetOpen().Where(matches).ToArray();
        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(text))
        {
            throw new RegionClosedException(Messages.RegionNotFound(text));
        }

        TryEach(found, ProcessRegion);
    });

    private void Remove(MappedRegion region, bool wasOpen, IWork work)
    {
        if (Sync)
        {
            region.Sync.Synchronize(region.Range(0, null), SyncModes.Durable, work);
        }

        region.Dispose();
        if (Unlink)
        {
            RemoveName(region.Name!, mayBeGone: !wasOpen);
        }
    }

    private static void RemoveName(string name, bool mayBeGone)
    {
        try
        {
            MemoryPlatform.Current.Unlink(name);
        }
        catch (MappingException failure) when (mayBeGone && failure.Error == MappingError.FileNotFound)
        {
            // The name went with the region.
        }
    }
}
