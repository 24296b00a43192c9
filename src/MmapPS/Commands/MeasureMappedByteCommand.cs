using System.Management.Automation;
using MmapPS.Bytes.Measuring;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;
using MmapPS.Commands.Bases;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Work;

namespace MmapPS.Commands;

/// <summary>Says what the bytes of a range, or of each block of it, are like: entropy, zero, printable and distinct bytes.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "MappedByte", DefaultParameterSetName = RegionSet)]
[OutputType(typeof(MappedStatistics))]
public sealed class MeasureMappedByteCommand : BlockCommand
{
    /// <inheritdoc/>
    private protected override void ProcessRange(MappedRegion region, ByteRange range)
    {
        using IWork work = Watch(range.Length);
        SourceRange bytes = new RegionByteSource(region, range).Job;
        foreach (Block<ByteStatistics> block in RangeMeasurer.Measure(bytes, BlockSize, Watched(work)))
        {
            WriteObject(new MappedStatistics(region, block));
        }
    }
}
