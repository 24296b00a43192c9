using System;
using System.Text;
using MmapPS.Bytes.Searching;
using MmapPS.Resources;

namespace MmapPS.Bytes.Values;

/// <summary>
/// Text. In a field of fixed size it is filled up with zeros, which are taken off again; zero-terminated text ends at its
/// first zero, whatever follows in the field.
/// </summary>
internal sealed class TextFormat : ValueFormat
{
    private readonly Encoding _encoding;

    /// <param name="name">The type's name.</param>
    /// <param name="encoding">How the text stands in bytes; refuses characters that it has not.</param>
    /// <param name="size">The field's bytes, or 0 for zero-terminated text of any length.</param>
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

    /// <summary>The bytes of a zero; also says how many bytes a unit of the encoding has.</summary>
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

    /// <summary>Where the first zero is, or -1.</summary>
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

    /// <summary>The bytes of a text, with its zero where it needs one.</summary>
    /// <exception cref="OutOfRangeException">It is no text, has characters that the encoding has not, or a zero within.</exception>
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
            // A field that the text fills needs no zero; without a field nothing else ends it.
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
