using System;
using System.Text;
using MmapPS.Bytes.Searching;
using MmapPS.Resources;

namespace MmapPS.Bytes.Values;

/// <summary>
/// Text. In a field of fixed size it is filled up with zeros, which are removed when it is read; zero-terminated text ends at its
/// first zero, whatever follows in the field.
/// </summary>
internal sealed class TextFormat : ValueFormat
{
    private readonly Encoding _encoding;

    /// <param name="name">The type's name.</param>
    /// <param name="encoding">The encoding; throws on characters that it cannot represent.</param>
    /// <param name="size">Size of the field in bytes, or 0 for zero-terminated text of any length.</param>
    /// <param name="zeroTerminated">Whether the first zero ends the text.</param>
    public TextFormat(string name, Encoding encoding, int size, bool zeroTerminated)
        : base(name, size)
    {
        _encoding = encoding;
        ZeroTerminated = zeroTerminated;
        Terminator = encoding.GetBytes("\0");
    }

    /// <summary>Whether the first zero ends the text.</summary>
    public bool ZeroTerminated { get; }

    /// <summary>The bytes of a zero; their number is the width of the encoding's unit.</summary>
    public byte[] Terminator { get; }

    /// <inheritdoc/>
    public override unsafe object Read(ReadOnlySpan<byte> bytes)
    {
        int length = Measure(bytes);
        fixed (byte* start = bytes)
        {
            return length == 0 ? string.Empty : _encoding.GetString(start, length);
        }
    }

    /// <summary>Index of the first zero, or -1.</summary>
    public int FindTerminator(ReadOnlySpan<byte> bytes) => AlignedSearch.IndexOf(bytes, Terminator, phase: 0);

    /// <inheritdoc/>
    public override void Write(object? value, Span<byte> bytes, string subject)
    {
        byte[] content = Encode(value, subject);
        if (content.Length > bytes.Length)
        {
            throw new MappingException(MappingError.LengthMismatch, Messages.TextTooLong(subject, content.Length, Name));
        }

        content.CopyTo(bytes);
        bytes.Slice(content.Length).Clear();
    }

    /// <summary>Encodes a text, with its zero if it needs one.</summary>
    /// <exception cref="OutOfRangeException">It is not text, has characters that the encoding cannot represent, or has a zero.</exception>
    public byte[] Encode(object? value, string subject)
    {
        string text = value switch
        {
            string given => given,
            char character => character.ToString(),
            _ => throw new OutOfRangeException(Messages.ValueNotOfType(subject, value, Name)),
        };
        if (ZeroTerminated && text.IndexOf('\0') >= 0)
        {
            throw new OutOfRangeException(Messages.ValueNotOfType(subject, value, Name));
        }

        try
        {
            // Text that fills a field needs no zero; without a field only a zero ends it.
            return _encoding.GetBytes(ZeroTerminated && Size == 0 ? text + '\0' : text);
        }
        catch (EncoderFallbackException)
        {
            throw new OutOfRangeException(Messages.ValueNotOfType(subject, value, Name));
        }
    }

    private int Measure(ReadOnlySpan<byte> bytes)
    {
        if (ZeroTerminated)
        {
            int end = FindTerminator(bytes);
            return end < 0 ? bytes.Length : end;
        }

        int length = bytes.Length;
        while (length >= Terminator.Length && bytes.Slice(0, length).EndsWith(Terminator))
        {
            length -= Terminator.Length;
        }

        return length;
    }
}
