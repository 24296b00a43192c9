using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using MmapPS.Commands.Bases;
using MmapPS.Native;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Regions.Pages;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Commands;

/// <summary>Tells the system how memory or files are going to be used.</summary>
[Cmdlet(VerbsCommon.Set, Noun, DefaultParameterSetName = RegionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MappedRegion), ParameterSetName = [RegionSet])]
[OutputType(typeof(MemoryAdviceSupport), ParameterSetName = [TestSet])]
public sealed class SetMemoryMapAdviceCommand : RegionOrPathCommand
{
    private const string Noun = "MemoryMapAdvice";
    private const string TestSet = "TestSupport";

    /// <summary>The advice. Paths take WillNeed, PopulateRead and Evict; regions all but Evict.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = RegionSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = LiteralPathSet)]
    public MemoryAdvice Advice { get; set; }

    /// <summary>Where the range starts, in bytes from the region's or file's start; default 0.</summary>
    [Parameter(ParameterSetName = RegionSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Int64Transformation]
    public long Offset { get; set; }

    /// <summary>How many bytes; default all from the offset on.</summary>
    [Parameter(ParameterSetName = RegionSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Int64Transformation]
    public long? Length { get; set; }

    /// <summary>
    /// The ranges of the file, in place of -Offset and -Length: what Measure-MemoryMap gave as ResidentRange, or text such
    /// as 0+8192,16384+4096.
    /// </summary>
    [Parameter(ParameterSetName = PathSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ResidentRange")]
    [RangeListTransformation]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public MemoryRangeList? Range { get; set; }

    /// <summary>Give advice that loses bytes: Free, Remove, and DontNeed on a private region.</summary>
    [Parameter(ParameterSetName = RegionSet)]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = RegionSet)]
    public override SwitchParameter PassThru { get; set; }

    /// <summary>Emit every advice and whether this system knows it, found by asking it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TestSet)]
    public SwitchParameter TestSupport { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (ParameterSetName == TestSet)
        {
            TryOrThrow(null, () => WriteObject(
                Enum.GetValues(typeof(MemoryAdvice)).Cast<MemoryAdvice>()
                    .Select(advice => new MemoryAdviceSupport(advice, MemoryPlatform.Current.KnowsAdvice(advice))),
                enumerateCollection: true));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        ByteRange range = region.Range(Offset, Length);
        bool lossy = region.Pages.WouldLose(Advice);
        if (lossy && !Force)
        {
            throw new NotWritableException(Messages.AdviceWouldLose(Advice, region.Subject, range.Length));
        }

        if (Agrees(region.Subject, range, lossy))
        {
            Perform(region, range.Length, work => Report(region, range, region.Pages.Advise(range, Advice, work), lossy));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessFile(string path)
    {
        using CachedFile file = CachedFile.Open(path);
        foreach (ByteRange range in FindRanges(file))
        {
            if (Agrees(path, range, lossy: false))
            {
                using IWork work = Watch(range.Length);
                file.Advise(range, Advice, work);
                long left = Advice == MemoryAdvice.Evict ? file.CountResident(range) : 0;
                if (left > 0)
                {
                    WriteWarning(Messages.EvictLeft(path, left));
                }
            }
        }
    }

    // Checks all ranges before the first one is advised.
    private List<ByteRange> FindRanges(CachedFile file)
    {
        if (Range is null)
        {
            return [file.Range(Offset, Length)];
        }

        if (Offset != 0 || Length is not null)
        {
            throw new OutOfRangeException(Messages.RangeAndOffset());
        }

        return Range.Select(range => file.Range(range.Offset, range.Length)).ToList();
    }

    // Advice that loses nothing changes nothing: it asks only with -WhatIf or -Confirm.
    private bool Agrees(string subject, ByteRange range, bool lossy) =>
        !(lossy || IsWhatIf || MyInvocation.BoundParameters.ContainsKey("Confirm"))
        || Ask(subject, range.Offset, range.Length, lossy ? Messages.ActionAdviseLossy(Advice) : Messages.ActionAdvise(Advice));

    private void Report(MappedRegion region, ByteRange wanted, ByteRange advised, bool lossy)
    {
        if (wanted.Length > 0 && advised.Length == 0 && lossy)
        {
            WriteWarning(Messages.AdviceNoWholePage(Advice, region.Subject, wanted.Offset, wanted.Length, region.PageSize));
        }
        else
        {
            ReportRounding(region, wanted, advised);
        }
    }
}
