using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Management.Automation;
using MmapPS.Native;
using MmapPS.Regions;
using MmapPS.Resources;

namespace MmapPS.Commands;

/// <summary>Lists the open regions of this process.</summary>
[Cmdlet(VerbsCommon.Get, "MemoryMap", DefaultParameterSetName = "All")]
[OutputType(typeof(MappedRegion), typeof(SharedMemoryName))]
public sealed class GetMemoryMapCommand : MappingCommand
{
    /// <summary>The numbers of the regions; one that is not open is an error.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Id", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "PowerShell binds arrays.")]
    public int[] Id { get; set; } = [];

    /// <summary>The paths of the mapped files: full, relative, a file name, or with wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Path")]
    [SupportsWildcards]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "PowerShell binds arrays.")]
    public string[] Path { get; set; } = [];

    /// <summary>The names of shared memory; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Name")]
    [SupportsWildcards]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "PowerShell binds arrays.")]
    public string[] Name { get; set; } = [];

    /// <summary>List the names of this user on the system, mapped here or not, instead of open regions.</summary>
    [Parameter(ParameterSetName = "Name")]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (All)
        {
            Try(null, () => WriteObject(
                MemoryPlatform.Current.GetNames().Where(name => MatchesName(name.Name)), enumerateCollection: true));
            return;
        }

        IReadOnlyList<MappedRegion> open = RegionTable.GetOpen();
        if (ParameterSetName == "Id")
        {
            foreach (int id in Id)
            {
                Try(id, () => WriteObject(
                    open.FirstOrDefault(region => region.Id == id) ?? throw new RegionClosedException(Messages.RegionUnknown(id))));
            }

            return;
        }

        WriteObject(
            open.Where(region =>
                (Path.Length == 0 || Path.Any(path => IsAt(region, path)))
                && (Name.Length == 0 || (region.Name is not null && MatchesName(region.Name)))),
            enumerateCollection: true);
    }

    private bool MatchesName(string name) => Name.Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.None).IsMatch(name));

    private bool IsAt(MappedRegion region, string path)
    {
        if (region.Path is null)
        {
            return false;
        }

        StringComparison comparison = MemoryPlatform.Current.PathComparison;
        WildcardOptions options = comparison == StringComparison.Ordinal ? WildcardOptions.None : WildcardOptions.IgnoreCase;
        string full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
        return region.Path.Equals(full, comparison)
            || WildcardPattern.Get(full, options).IsMatch(region.Path)
            || WildcardPattern.Get(path, options).IsMatch(region.Path)
            || WildcardPattern.Get(path, options).IsMatch(System.IO.Path.GetFileName(region.Path));
    }
}
