using System.Management.Automation;
using MmapPS.Regions;

namespace MmapPS.Commands;

/// <summary>Tells how much of regions or files is in memory, without touching a byte of them.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "MemoryMap", DefaultParameterSetName = PathSet)]
[OutputType(typeof(MemoryUsage))]
public sealed class MeasureMemoryMapCommand : RegionOrPathCommand
{
    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        using CommandMonitor monitor = Watch(region.Length);
        WriteObject(region.Measure(monitor));
    }

    /// <inheritdoc/>
    protected override void ProcessFile(string path)
    {
        using CachedFile file = CachedFile.Open(path);
        using CommandMonitor monitor = Watch(file.Length);
        WriteObject(file.Measure(monitor));
    }
}
