using System;
using System.Collections.Generic;
using System.Management.Automation;
using MmapPS.Commands.Bases;
using MmapPS.Native;
using MmapPS.Regions.Pages;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Commands;

/// <summary>
/// Measures how much of regions or files is in memory, without touching a byte of them. A statement measures each region once, and
/// each file once, whatever its names.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "MemoryMap", DefaultParameterSetName = PathSet)]
[OutputType(typeof(MemoryUsage), typeof(MemoryUsageTotal))]
public sealed class MeasureMemoryMapCommand : RegionOrPathCommand
{
    // Each list covers all memory of the process, so a list for each region would make many regions slow.
    private const int RegionsForAList = 256;

    private readonly List<MappedRegion> _waiting = [];
    private readonly HashSet<MappedRegion> _regions = [];
    private readonly Dictionary<FileIdentity, string> _files = [];
    private readonly MemoryUsageTotal _total = new();

    /// <summary>Emit one object with the sums in place of one for each region or file.</summary>
    [Parameter]
    public SwitchParameter Total { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        if (_regions.Add(region))
        {
            _waiting.Add(region);
        }

        if (_waiting.Count == RegionsForAList)
        {
            MeasureWaiting();
        }
    }

    /// <inheritdoc/>
    protected override void ProcessFile(string path)
    {
        using CachedFile file = CachedFile.Open(path);
        if (file.Identity is { } identity)
        {
            if (_files.TryGetValue(identity, out string? first))
            {
                WriteVerbose(Messages.MeasuredBefore(path, first));
                return;
            }

            _files.Add(identity, path);
        }

        using IWork work = Watch(file.Length);
        Emit(file.Measure(work));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        MeasureWaiting();
        if (Total)
        {
            WriteObject(_total);
        }
    }

    private void MeasureWaiting()
    {
        Func<nint, long, PageUsage>? findUsage = null;
        TryEach(_waiting, region =>
        {
            findUsage ??= MemoryPlatform.Current.ListUsage();
            using IWork work = Watch(region.Length);
            Emit(region.Pages.Measure(findUsage, work));
        });
        _waiting.Clear();
    }

    private void Emit(MemoryUsage usage)
    {
        if (Total)
        {
            _total.Add(usage);
        }
        else
        {
            WriteObject(usage);
        }
    }
}
