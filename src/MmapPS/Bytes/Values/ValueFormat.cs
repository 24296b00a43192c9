using System;

namespace MmapPS.Bytes.Values;

/// <summary>Converts values of a type to bytes and back.</summary>
internal abstract class ValueFormat
{
    /// <param name="name">The type's name, as messages show it.</param>
    /// <param name="size">Size of a value in bytes.</param>
    protected ValueFormat(string name, int size)
    {
        Name = name;
        Size = size;
    }

    /// <summary>The type's name.</summary>
    public string Name { get; }

    /// <summary>Size of a value in bytes; 0 if it depends on the content.</summary>
    public int Size { get; }

    /// <summary>Decodes <see cref="Size"/> bytes.</summary>
    /// <exception cref="OutOfRangeException">The bytes are not a valid value of the type.</exception>
    public abstract object Read(ReadOnlySpan<byte> bytes);

    /// <summary>Encodes a value into <see cref="Size"/> bytes.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bytes">Receives the bytes.</param>
    /// <param name="subject">Name of the target, for messages.</param>
    /// <exception cref="OutOfRangeException">The value does not fit.</exception>
    /// <exception cref="MappingException">LengthMismatch: a byte block of another length, or a text that is too long.</exception>
    public abstract void Write(object? value, Span<byte> bytes, string subject);
}
