using System;

namespace MmapPS.Bytes.Values;

/// <summary>How a value stands in bytes.</summary>
internal abstract class ValueFormat
{
    /// <param name="name">The type's name, as messages show it.</param>
    /// <param name="size">How many bytes a value has.</param>
    protected ValueFormat(string name, int size)
    {
        Name = name;
        Size = size;
    }

    /// <summary>The type's name.</summary>
    public string Name { get; }

    /// <summary>How many bytes a value has; 0 where its content says so.</summary>
    public int Size { get; }

    /// <summary>The value of <see cref="Size"/> bytes.</summary>
    /// <exception cref="OutOfRangeException">The bytes are no value of the type.</exception>
    public abstract object Read(ReadOnlySpan<byte> bytes);

    /// <summary>Puts a value into <see cref="Size"/> bytes.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bytes">Where to put it.</param>
    /// <param name="subject">How messages name what is written.</param>
    /// <exception cref="OutOfRangeException">The value does not fit.</exception>
    /// <exception cref="MappingException">LengthMismatch: a byte block of another length, a text too long.</exception>
    public abstract void Write(object? value, Span<byte> bytes, string subject);
}
