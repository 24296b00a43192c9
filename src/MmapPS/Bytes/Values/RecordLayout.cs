using System;
using System.Collections.Generic;
using MmapPS.Resources;

namespace MmapPS.Bytes.Values;

/// <summary>A record: fields in sequence, without gaps.</summary>
internal sealed class RecordLayout
{
    private readonly LayoutField[] _fields;

    private RecordLayout(LayoutField[] fields, int size)
    {
        _fields = fields;
        Size = size;
    }

    /// <summary>The fields, in order.</summary>
    public IReadOnlyList<LayoutField> Fields => _fields;

    /// <summary>Length of a record in bytes.</summary>
    public int Size { get; }

    /// <summary>Parses a layout.</summary>
    /// <param name="fields">Name and type of each field; see <see cref="ValueFormatParser"/>.</param>
    /// <param name="bigEndian">Byte order of types that do not end in LE or BE.</param>
    /// <exception cref="MappingException">NotSupported: a type does not exist or has no fixed size.</exception>
    /// <exception cref="OutOfRangeException">There are no fields, two fields have the same name, or a size is not valid.</exception>
    public static RecordLayout Parse(IEnumerable<KeyValuePair<string, string>> fields, bool bigEndian)
    {
        var parsed = new List<LayoutField>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        long size = 0;
        foreach (KeyValuePair<string, string> field in fields)
        {
            if (field.Key.Length == 0 || !names.Add(field.Key))
            {
                throw new OutOfRangeException(Messages.FieldNameInvalid(field.Key));
            }

            ValueFormat format = ValueFormatParser.Parse(field.Value, bigEndian);
            if (format.Size == 0)
            {
                throw new MappingException(MappingError.NotSupported, Messages.FieldSizeMissing(field.Key, field.Value));
            }

            parsed.Add(new LayoutField(field.Key, (int)size, format));
            size += format.Size;
            if (size > ValueFormatParser.MaxSize)
            {
                throw new OutOfRangeException(Messages.ValueSizeInvalid(field.Value));
            }
        }

        return parsed.Count > 0
            ? new RecordLayout([.. parsed], (int)size)
            : throw new OutOfRangeException(Messages.LayoutEmpty());
    }

    /// <summary>The values of a record, in the order of the fields.</summary>
    /// <exception cref="OutOfRangeException">Bytes are not a valid value of their type.</exception>
    public object[] Read(ReadOnlySpan<byte> record)
    {
        LayoutField[] fields = _fields;
        object[] values = new object[fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            LayoutField field = fields[i];
            values[i] = field.Format.Read(record.Slice(field.Offset, field.Format.Size));
        }

        return values;
    }

    /// <summary>Writes values, in the order of the fields, into a record.</summary>
    /// <exception cref="OutOfRangeException">A value does not fit; the message names the field.</exception>
    /// <exception cref="MappingException">
    /// LengthMismatch: a byte block of another length, a text too long; the message names the field.
    /// </exception>
    public void Write(IReadOnlyList<object?> values, Span<byte> record)
    {
        for (int i = 0; i < _fields.Length; i++)
        {
            LayoutField field = _fields[i];
            field.Format.Write(values[i], record.Slice(field.Offset, field.Format.Size), Messages.Field(field.Name));
        }
    }
}
