using System;
using System.Collections;
using MmapPS.Resources;

namespace MmapPS.Bytes.Values;

/// <summary>Several values of one type in sequence: an array of that type.</summary>
internal sealed class ArrayFormat : ValueFormat
{
    private readonly ValueFormat _item;
    private readonly int _count;

    /// <param name="name">The type's name.</param>
    /// <param name="item">The type of each value, of fixed size.</param>
    /// <param name="count">Number of values, 1 or more.</param>
    public ArrayFormat(string name, ValueFormat item, int count)
        : base(name, item.Size * count)
    {
        _item = item;
        _count = count;
    }

    /// <inheritdoc/>
    public override object Read(ReadOnlySpan<byte> bytes)
    {
        object first = _item.Read(bytes.Slice(0, _item.Size));
        var values = Array.CreateInstance(first.GetType(), _count);
        for (int i = 0; i < _count; i++)
        {
            values.SetValue(_item.Read(bytes.Slice(i * _item.Size, _item.Size)), i);
        }

        return values;
    }

    /// <inheritdoc/>
    public override void Write(object? value, Span<byte> bytes, string subject)
    {
        if (value is not IList values)
        {
            throw new OutOfRangeException(Messages.ValueNotOfType(subject, value, Name));
        }

        if (values.Count != _count)
        {
            throw new MappingException(MappingError.LengthMismatch, Messages.ArrayLength(subject, values.Count, Name));
        }

        for (int i = 0; i < _count; i++)
        {
            _item.Write(values[i], bytes.Slice(i * _item.Size, _item.Size), subject);
        }
    }
}
