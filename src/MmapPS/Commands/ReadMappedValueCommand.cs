using System;
using System.IO;
using System.Management.Automation;
using MmapPS.Bytes.Values;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Commands;

/// <summary>
/// Reads values of a region, or records as one object each. A match of Find-MappedByte gives the start; the type gives the
/// length.
/// </summary>
[Cmdlet(VerbsCommunications.Read, "MappedValue", DefaultParameterSetName = RegionSet)]
[OutputType(typeof(PSObject), typeof(ValueType), typeof(string), typeof(byte[]))]
public sealed class ReadMappedValueCommand : ValueCommand, IFileCommand
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RegionSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = MatchSet, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    public override MappedRegion[] Region { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Where the first value starts, in bytes from the region's or file's start; default 0.</summary>
    [Parameter(Position = 2, ParameterSetName = RegionSet)]
    [Parameter(Position = 2, ParameterSetName = PathSet)]
    [Parameter(Position = 2, ParameterSetName = LiteralPathSet)]
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = MatchSet, ValueFromPipelineByPropertyName = true)]
    [Int64Transformation(IsProperty = true)]
    public long Offset { get; set; }

    /// <summary>How many values or records, 0 or more; default 1.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    [Int64Transformation]
    public long? Count { get; set; }

    /// <summary>Read as many values or records as there are up to the region's end.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Count is not null && All)
        {
            TryOrThrow(null, () => throw new MappingException(MappingError.NotSupported, Messages.CountAndAll()));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        ByteRange rest = region.Range(Offset, null);
        if (Format is TextFormat { Size: 0 } text)
        {
            ReadTexts(region, rest, text);
            return;
        }

        long count = All ? CountIn(rest) : Count ?? 1;
        ByteRange range = RangeOf(region, Offset, count);
        using IWork work = Watch(range.Length);
        var source = new RegionByteSource(region, range);
        foreach (object value in ValueReader.Read(source.Job, Format.Size, Distance, count, Format.Read, Watched(work)))
        {
            WriteObject(value, enumerateCollection: false);
        }
    }

    /// <inheritdoc/>
    private protected override FileAccess? FileUse => FileAccess.Read;

    private void ReadTexts(MappedRegion region, ByteRange rest, TextFormat format)
    {
        long count = All ? long.MaxValue : Count ?? 1;
        long found = 0;
        using IWork work = Watch(rest.Length);
        foreach (string text in ValueReader.ReadTexts(new RegionByteSource(region, rest).Job, format, count, Watched(work)))
        {
            WriteObject(text);
            found++;
        }

        if (found < count && !All)
        {
            throw new OutOfRangeException(Messages.TextsFewer(region.Subject, region.Length, count, format.Name, found));
        }
    }
}
