using System.Collections;
using System.Management.Automation;
using MmapPS.Content.Values;
using MmapPS.Parameters;
using MmapPS.Regions;
using MmapPS.Resources;

namespace MmapPS.Commands;

/// <summary>A cmdlet that knows how values or records stand in bytes.</summary>
public abstract class ValueCommand : MappingCommand
{
    /// <summary>
    /// The type of each value, such as UInt32, Int16BE, Guid, Utf8[16] (text in 16 bytes), Utf8Z (text up to a zero) or
    /// Byte[20]; case does not matter. LE or BE at the end goes before -BigEndian.
    /// </summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ValueTypeCompleter]
    public string? Type { get; set; }

    /// <summary>In place of -Type: the names and types of a record's fields, which follow one another, as [ordered]@{ ... }.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Layout { get; set; }

    /// <summary>The first byte of a number, a character or a Guid's fields is the highest; default the lowest.</summary>
    [Parameter]
    public SwitchParameter BigEndian { get; set; }

    /// <summary>Bytes from the start of a value to that of the next, 1 or more; default as many as a value has.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? Stride { get; set; }

    /// <summary>How a value stands in bytes.</summary>
    private protected ValueFormat Format { get; private set; } = null!;

    /// <summary>Bytes from a value to the next; of text of any length there is none.</summary>
    private protected long Distance => Stride ?? Format.Size;

    /// <inheritdoc/>
    protected override void BeginProcessing() => TryOrThrow(null, () =>
    {
        if (Type is null == Layout is null)
        {
            throw new MappingException(MappingError.NotSupported, Messages.TypeOrLayout());
        }

        Format = Layout is null ? ValueFormatParser.Parse(Type!, BigEndian) : RecordFormat.Parse(Layout, BigEndian);
        if (Stride is not null && Format.Size == 0)
        {
            throw new MappingException(MappingError.NotSupported, Messages.StrideOfText(Format.Name));
        }
    });

    /// <summary>The range from an offset on to the end, in which so many values of fixed size lie.</summary>
    /// <exception cref="OutOfRangeException">They do not.</exception>
    private protected ByteRange RangeOf(MappedRegion region, long offset, long count)
    {
        ByteRange range = region.Range(offset, null);
        long fitting = CountIn(range);
        return count <= fitting
            ? region.Range(offset, count == 0 ? 0 : ((count - 1) * Distance) + Format.Size)
            : throw new OutOfRangeException(Messages.ValuesOutside(
                region.Subject, region.Length, offset, count, Format.Name, Format.Size, Distance, fitting));
    }

    /// <summary>How many values of fixed size lie within a range.</summary>
    private protected long CountIn(ByteRange range) => ValueReader.CountWithin(range.Length, Format.Size, Distance);
}
