using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Management.Automation;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Values;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Commands;

/// <summary>
/// Writes values or records into a region: those of -Value, all or none, or a stream of them from the pipeline. A match of
/// Find-MappedByte says where they start; how far they reach, their type does.
/// </summary>
[Cmdlet(VerbsCommunications.Write, "MappedValue", DefaultParameterSetName = ValueSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion))]
public sealed class WriteMappedValueCommand : ValueCommand
{
    private const string ValueSet = "Value";
    private const string MatchSet = "Match";
    private const string StreamSet = "Stream";

    private readonly StreamedWriter _stream;

    /// <summary>Makes the cmdlet.</summary>
    public WriteMappedValueCommand() => _stream = new StreamedWriter(ShouldProcess);

    /// <summary>The regions to write into; each gets all values.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ValueSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = StreamSet)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "PowerShell binds arrays.")]
    public MappedRegion[] Region { get; set; } = [];

    /// <summary>Where to write: a match, or any object with properties Region, Offset and Length.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MatchSet, ValueFromPipeline = true)]
    [MatchTransformation]
    public object? Match { get; set; }

    /// <summary>
    /// A value or a list of values of the type, written one after the other; with -Layout objects or hashtables that have
    /// all its fields, in any order.
    /// </summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = ValueSet)]
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = MatchSet)]
    [Parameter(Mandatory = true, ParameterSetName = StreamSet, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Value { get; set; }

    /// <summary>Where the first value goes, in bytes from the region's start; default 0.</summary>
    [Parameter(ParameterSetName = ValueSet)]
    [Parameter(ParameterSetName = StreamSet)]
    [Int64Transformation]
    public long Offset { get; set; }

    /// <summary>Hand the region on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == StreamSet)
        {
            TryOrThrow(Target, () =>
            {
                foreach (object? value in Split())
                {
                    _stream.Append(Region, Offset + FieldOffset, () => Encode(value), gap: Distance - Format.Size);
                }
            });
            return;
        }

        (Region, Offset) = Match is MatchedRange match ? ([match.Region], match.Offset) : (Region, Offset);
        foreach (MappedRegion region in Region)
        {
            Try(region, () => WriteAll(region));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        TryOrThrow(Target, _stream.Flush);
        if (ParameterSetName == StreamSet && PassThru)
        {
            WriteObject(_stream.AgreedOf(Region), enumerateCollection: true);
        }
    }

    // What an error of the stream is about.
    private object Target => Region.Length == 1 ? Region[0] : Region;

    /// <summary>Writes what the pipeline delivered before it was cut off.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.TryFlush();
        }

        base.Dispose(disposing);
    }

    private void WriteAll(MappedRegion region)
    {
        byte[] bytes = EncodeAll(out long count);
        ByteRange range = Format.Size == 0 ? region.Range(Offset, bytes.Length) : RangeOf(region, Offset, count);
        int part = Distance == Format.Size ? bytes.Length : Format.Size;
        ByteRange PlaceOf(int done) => region.Range(range.Offset + (done / part * Distance), part);
        for (int done = 0; done < bytes.Length; done += part)
        {
            region.Demand(MemoryProtection.Write, PlaceOf(done));
        }

        if (!ShouldProcess(
            Messages.TargetRange(region.Subject, range.Offset, range.Length), Messages.ActionWriteValues(count, Format.Name)))
        {
            return;
        }

        using (CommandMonitor monitor = Watch(bytes.Length))
        {
            for (int done = 0; done < bytes.Length; done += part)
            {
                region.Write(PlaceOf(done).Offset, bytes.AsSpan(done, part), monitor, before: done, total: bytes.Length);
            }
        }

        if (PassThru)
        {
            WriteObject(region);
        }
    }

    private byte[] EncodeAll(out long count)
    {
        using var all = new MemoryStream();
        count = 0;
        foreach (object? value in Split())
        {
            byte[] bytes = Encode(value);
            all.Write(bytes, 0, bytes.Length);
            count++;
        }

        return count > 0 ? all.ToArray() : throw new MappingException(MappingError.PatternEmpty, Messages.ValueEmpty());
    }

    // A list is as many values, but one that is a block of bytes, or an array, is one value.
    private IEnumerable<object?> Split()
    {
        object? value = ParameterSetName == StreamSet ? Value : UnquotedNumber.Restore(MyInvocation, nameof(Value), Value);
        return PowerShellLanguage.Unwrap(value) is IList list && !IsOneValue(list) ? list.Cast<object?>() : [value];
    }

    private bool IsOneValue(IList list) => Format switch
    {
        BytesFormat => list is byte[] || (list.Count > 0 && ByteValue.IsByte(PowerShellLanguage.Unwrap(list[0]), out _)),
        ArrayFormat => list.Count == 0 || PowerShellLanguage.Unwrap(list[0]) is not IList,
        _ => false,
    };

    private byte[] Encode(object? value)
    {
        object? content = RecordFormat.ValueOf(Format, value);
        if (Format is TextFormat { Size: 0 } text)
        {
            return text.Encode(content, Messages.TheValue());
        }

        byte[] bytes = new byte[Format.Size];
        Format.Write(content, bytes, Messages.TheValue());
        return bytes;
    }
}
