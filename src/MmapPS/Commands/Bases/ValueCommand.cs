using System.Collections;
using System.Management.Automation;
using MmapPS.Bytes.Values;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Resources;

namespace MmapPS.Commands.Bases;

/// <summary>A cmdlet that reads or writes values or records, given by -Type or -Layout.</summary>
public abstract class ValueCommand : RegionCommand
{
    // The unit that repeats: a value, or the record that -Field is a part of.
    private ValueFormat _whole = null!;

    /// <summary>
    /// The type of each value, such as UInt32, Int16BE, Guid, Utf8[16] (text in 16 bytes), Utf8Z (text up to a zero) or
    /// Byte[20]; case does not matter. LE or BE at the end overrides -BigEndian.
    /// </summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ValueTypeCompleter]
    public string? Type { get; set; }

    /// <summary>In place of -Type: the names and types of a record's fields, which follow one another, as [ordered]@{ ... }.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Layout { get; set; }

    /// <summary>The only field of -Layout to read or write, at its place in the record; a value is then that field's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [FieldCompleter]
    public string? Field { get; set; }

    /// <summary>Numbers, characters and the fields of a Guid have their highest byte first; default the lowest.</summary>
    [Parameter]
    public SwitchParameter BigEndian { get; set; }

    /// <summary>Bytes from the start of a value or record to that of the next, 1 or more; default its size.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    [Int64Transformation]
    public long? Stride { get; set; }

    /// <summary>The format of a value.</summary>
    private protected ValueFormat Format { get; private set; } = null!;

    /// <summary>Where in a record the value is: 0, or the place of -Field.</summary>
    private protected int FieldOffset { get; private set; }

    /// <summary>The stride: bytes from the start of a value to that of the next; 0 for text of variable length.</summary>
    private protected long Distance => Stride ?? _whole.Size;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        TryOrThrow(null, ReadFormat);
    }

    /// <summary>The range of so many values of fixed size, from the first one's start to the last one's end.</summary>
    /// <param name="region">The region.</param>
    /// <param name="offset">Where the first value or record starts.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="OutOfRangeException">They, or the records they are fields of, do not lie in the region.</exception>
    private protected ByteRange RangeOf(MappedRegion region, long offset, long count)
    {
        ByteRange range = region.Range(offset, null);
        long fitting = CountIn(range);
        return count == 0 ? region.Range(offset, 0)
            : count <= fitting ? region.Range(offset + FieldOffset, ((count - 1) * Distance) + Format.Size)
            : throw new OutOfRangeException(Messages.ValuesOutside(
                region.Subject, region.Length, offset, count, _whole.Name, _whole.Size, Distance, fitting));
    }

    /// <summary>How many values or records of fixed size lie within a range.</summary>
    private protected long CountIn(ByteRange range) => ValueReader.CountWithin(range.Length, _whole.Size, Distance);

    private void ReadFormat()
    {
        if (Type is null == Layout is null)
        {
            throw new MappingException(MappingError.NotSupported, Messages.TypeOrLayout());
        }

        if (Field is not null && Layout is null)
        {
            throw new MappingException(MappingError.NotSupported, Messages.FieldNeedsLayout(Field));
        }

        _whole = Layout is null ? ValueFormatParser.Parse(Type!, BigEndian) : RecordFormat.Parse(Layout, BigEndian);
        (FieldOffset, Format) = Field is not null && _whole is RecordFormat record ? record.Find(Field) : (0, _whole);
        if (Stride is not null && Format.Size == 0)
        {
            throw new MappingException(MappingError.NotSupported, Messages.StrideOfText(Format.Name));
        }
    }
}
