using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using MmapPS.Commands.Bases;
using MmapPS.Native;
using MmapPS.Parameters;
using MmapPS.Regions.Life;
using MmapPS.Resources;

namespace MmapPS.Commands;

/// <summary>Lists the open regions of this process, or all mappings of any process.</summary>
[Cmdlet(VerbsCommon.Get, "MemoryMap", DefaultParameterSetName = "All")]
[OutputType(typeof(MappedRegion), ParameterSetName = ["All", IdSet, PathSet, NameSet])]
[OutputType(typeof(SharedMemoryName), ParameterSetName = [NameSet])]
[OutputType(typeof(ProcessMapping), ParameterSetName = [ProcessIdSet, ProcessSet])]
public sealed class GetMemoryMapCommand : MappingCommand
{
    private const string ProcessIdSet = "ProcessId";
    private const string ProcessSet = "Process";

    private List<Func<string, bool>> _paths = [];
    private List<Func<string, bool>> _names = [];

    /// <summary>
    /// The numbers of the regions; one that is not open is an error. A property Id of piped objects does not bind, because
    /// processes, jobs and many others have one.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true)]
    [RegionCompleter]
    [Int32Transformation]
    public int[] Id { get; set; } = [];

    /// <summary>The paths of the mapped files: full, relative, a file name, or with wildcards; default all.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = ProcessIdSet)]
    [Parameter(ParameterSetName = ProcessSet)]
    [SupportsWildcards]
    [RegionCompleter]
    public string[] Path { get; set; } = [];

    /// <summary>The names of shared memory; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [RegionCompleter]
    public string[] Name { get; set; } = [];

    /// <summary>List the names of this user on the system, mapped here or not, instead of open regions.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter All { get; set; }

    /// <summary>The numbers of the processes whose mappings to list.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ProcessIdSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PID")]
    [ProcessIdCompleter]
    [Int32Transformation]
    public int[] ProcessId { get; set; } = [];

    /// <summary>The processes whose mappings to list, as Get-Process emits them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ProcessSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Process[] Process { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing() => TryOrThrow(null, () =>
    {
        _paths = Path.Select(path => TextFilter.ForPath(SessionState.Path, path)).ToList();
        _names = Name.Select(TextFilter.ForName).ToList();
    });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case IdSet:
                TryEach(Id, id => WriteObject(RegionTable.Get(id)));
                break;
            case ProcessIdSet:
                WriteMappings(ProcessId, id => id);
                break;
            case ProcessSet:
                WriteMappings(Process, GetId);
                break;
            case NameSet when All:
                Try(null, () => WriteObject(
                    MemoryPlatform.Current.GetNames().Where(name => IsNamed(name.Name)), enumerateCollection: true));
                break;
            default:
                WriteObject(
                    RegionTable.GetOpen().Where(region => IsAt(region.Path) && IsNamed(region.Name)), enumerateCollection: true);
                break;
        }
    }

    private void WriteMappings<T>(IEnumerable<T> processes, Func<T, int> getId) => TryEach(processes, process => WriteObject(
        MemoryPlatform.Current.ReadMappings(getId(process))
            .TakeWhile(_ => !Stop.IsCancellationRequested)
            .Where(mapping => IsAt(mapping.Path)),
        enumerateCollection: true));

    private static int GetId(Process process)
    {
        try
        {
            return process.Id;
        }
        catch (InvalidOperationException failure)
        {
            throw new MappingException(MappingError.FileNotFound, Messages.ProcessNone(), failure);
        }
    }

    private bool IsNamed(string? name) => _names.Count == 0 || (name is not null && _names.Any(matches => matches(name)));

    private bool IsAt(string? path) => _paths.Count == 0 || (path is not null && _paths.Any(matches => matches(path)));
}
