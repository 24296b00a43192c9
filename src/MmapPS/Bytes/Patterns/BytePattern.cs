using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using MmapPS.Bytes.Searching;
using MmapPS.Resources;

namespace MmapPS.Bytes.Patterns;

/// <summary>A byte pattern in which bits may be wildcards, made from bytes, text, or hexadecimal with <c>?</c> for any digit.</summary>
internal sealed class BytePattern
{
    private BytePattern(byte[] bytes, byte[] mask)
    {
        Bytes = bytes;
        Mask = mask;
        IsExact = Array.TrueForAll(mask, bits => bits == 0xFF);
    }

    /// <summary>The bytes; wildcard bits are 0.</summary>
    public byte[] Bytes { get; }

    /// <summary>The mask of each byte; wildcard bits are 0.</summary>
    public byte[] Mask { get; }

    /// <summary>Length in bytes.</summary>
    public int Length => Bytes.Length;

    /// <summary>Whether there are no wildcards.</summary>
    public bool IsExact { get; }

    /// <summary>Whether zeros match the pattern.</summary>
    public bool MatchesZeros => Array.TrueForAll(Bytes, value => value == 0);

    /// <summary>Creates a pattern that matches only these bytes.</summary>
    /// <exception cref="MappingException">PatternEmpty.</exception>
    public static BytePattern FromBytes(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            throw new MappingException(MappingError.PatternEmpty, Messages.ValueEmpty());
        }

        byte[] mask = new byte[bytes.Length];
        mask.AsSpan().Fill(0xFF);
        return new BytePattern(bytes, mask);
    }

    /// <summary>Creates a pattern from text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="encoding">Turns text into bytes; no byte order mark is added.</param>
    /// <param name="ignoreCase">Whether to ignore the case of the letters A to Z. Other letters keep their case.</param>
    /// <exception cref="MappingException">
    /// PatternEmpty; OutOfRange: the encoding cannot represent a character; NotSupported: its cases differ in more than one bit.
    /// </exception>
    public static BytePattern FromText(string text, Encoding encoding, bool ignoreCase = false)
    {
        if (!ignoreCase)
        {
            return FromBytes(EncodedText.ToBytes(text, encoding));
        }

        // Upper and lower case differ in one bit, which the mask leaves out. The bit and its byte depend on the encoding.
        byte[] upper = EncodedText.ToBytes(MapLetters(text, 'a', 'z'), encoding);
        byte[] lower = EncodedText.ToBytes(MapLetters(text, 'A', 'Z'), encoding);
        BytePattern pattern = FromBytes(upper);
        bool oneBit = upper.Length == lower.Length;
        for (int i = 0; oneBit && i < upper.Length; i++)
        {
            int difference = upper[i] ^ lower[i];
            oneBit = (difference & (difference - 1)) == 0;
            pattern.Undetermine(i, difference);
        }

        return oneBit
            ? new BytePattern(pattern.Bytes, pattern.Mask)
            : throw new MappingException(MappingError.NotSupported, Messages.CaseNotSupported(encoding.WebName));
    }

    /// <summary>
    /// Parses text such as <c>de ad ?? e?</c>, <c>0xDEADBEEF</c>, <c>de-ad:be,ef</c>: two digits per byte, white space and
    /// <c>- : , _</c> between bytes, an optional 0x before all bytes and before each.
    /// </summary>
    /// <exception cref="MappingException">InvalidHex, PatternEmpty.</exception>
    public static BytePattern Parse(string text)
    {
        var bytes = new List<byte>();
        var mask = new List<byte>();
        int position = 0;
        bool between = true;
        while (position < text.Length)
        {
            char character = text[position];
            if (char.IsWhiteSpace(character) || character is '-' or ':' or ',' or '_')
            {
                position++;
                between = true;
                continue;
            }

            if (between && character == '0' && position + 1 < text.Length && text[position + 1] is 'x' or 'X')
            {
                position += 2;
            }

            between = false;
            (int high, int highMask) = Digit(text, position);
            (int low, int lowMask) = Digit(text, position + 1);
            bytes.Add((byte)((high << 4) | low));
            mask.Add((byte)((highMask << 4) | lowMask));
            position += 2;
        }

        return bytes.Count > 0
            ? new BytePattern([.. bytes], [.. mask])
            : throw new MappingException(MappingError.PatternEmpty, Messages.ValueEmpty());
    }

    /// <summary>The same pattern, but bytes that are ASCII letters match both cases.</summary>
    public BytePattern IgnoringCase()
    {
        const int Case = 0x20;
        var pattern = new BytePattern((byte[])Bytes.Clone(), (byte[])Mask.Clone());
        for (int i = 0; i < Length; i++)
        {
            if (Mask[i] == 0xFF && (Bytes[i] | Case) is >= 'a' and <= 'z')
            {
                pattern.Undetermine(i, Case);
            }
        }

        return new BytePattern(pattern.Bytes, pattern.Mask);
    }

    /// <summary>The same pattern with the length of the bytes that it replaces.</summary>
    /// <param name="length">The length.</param>
    /// <param name="padding">Fills up a shorter pattern, or null if it must not be shorter.</param>
    /// <exception cref="MappingException">LengthMismatch.</exception>
    public BytePattern FitTo(int length, byte? padding)
    {
        if (length == Length)
        {
            return this;
        }

        if (Length > length || padding is null)
        {
            throw new MappingException(MappingError.LengthMismatch, Messages.ReplacementLength(Length, length));
        }

        byte[] bytes = new byte[length];
        byte[] mask = new byte[length];
        bytes.AsSpan(Length).Fill(padding.Value);
        mask.AsSpan(Length).Fill(0xFF);
        Bytes.CopyTo(bytes, 0);
        Mask.CopyTo(mask, 0);
        return new BytePattern(bytes, mask);
    }

    /// <summary>Writes the pattern over bytes; bits that are wildcards stay as they are.</summary>
    /// <param name="bytes">Bytes of the pattern's length.</param>
    public void ApplyTo(Span<byte> bytes)
    {
        for (int i = 0; i < Length; i++)
        {
            bytes[i] = (byte)((bytes[i] & ~Mask[i]) | Bytes[i]);
        }
    }

    /// <summary>Whether bytes match the pattern.</summary>
    public bool Matches(ReadOnlySpan<byte> bytes) => bytes.Length == Length && CountMatching(bytes) == Length;

    /// <summary>
    /// Number of leading bytes that match: all of its <see cref="Length"/>, or a smaller number,
    /// which may be less than the bytes that really match.
    /// </summary>
    /// <param name="bytes">Bytes of the pattern's length.</param>
    public int CountMatching(ReadOnlySpan<byte> bytes)
    {
        const int Block = 256;
        for (int start = 0; start < Length; start += Block)
        {
            int count = Math.Min(Block, Length - start);
            if (!MatchesBlock(bytes.Slice(start, count), start))
            {
                return start;
            }
        }

        return Length;
    }

    /// <summary>Indexes of the two rarest bytes; twice the same if only one has no wildcards.</summary>
    /// <param name="frequency">How often each byte occurs.</param>
    public (int First, int Second) FindRarest(ByteFrequency frequency)
    {
        int first = 0;
        int second = 0;
        (int firstFrequency, int secondFrequency) = (int.MaxValue, int.MaxValue);
        for (int i = 0; i < Length; i++)
        {
            int met = Mask[i] == 0 ? int.MaxValue : frequency.Of(Bytes[i], Mask[i]);
            if (met < firstFrequency)
            {
                (second, secondFrequency) = (first, firstFrequency);
                (first, firstFrequency) = (i, met);
            }
            else if (met < secondFrequency)
            {
                (second, secondFrequency) = (i, met);
            }
        }

        return (first, secondFrequency == int.MaxValue ? first : second);
    }

    /// <summary>The pattern as text that can be parsed again, shortened if it is long.</summary>
    public override string ToString() => HexText.Format(Bytes, Mask);

    private bool MatchesBlock(ReadOnlySpan<byte> bytes, int start)
    {
        if (IsExact)
        {
            return bytes.SequenceEqual(Bytes.AsSpan(start, bytes.Length));
        }

        ref byte first = ref MemoryMarshal.GetReference(bytes);
        int width = Vector<byte>.Count;
        int i = 0;
        for (; i <= bytes.Length - width; i += width)
        {
            if ((VectorBytes.Load(ref first, i) & new Vector<byte>(Mask, start + i)) != new Vector<byte>(Bytes, start + i))
            {
                return false;
            }
        }

        for (; i < bytes.Length; i++)
        {
            if ((bytes[i] & Mask[start + i]) != Bytes[start + i])
            {
                return false;
            }
        }

        return true;
    }

    private static string MapLetters(string text, char first, char last)
    {
        char[] letters = text.ToCharArray();
        for (int i = 0; i < letters.Length; i++)
        {
            letters[i] ^= letters[i] >= first && letters[i] <= last ? '\x20' : '\0';
        }

        return new string(letters);
    }

    private void Undetermine(int index, int bits)
    {
        Mask[index] = (byte)(Mask[index] & ~bits);
        Bytes[index] &= Mask[index];
    }

    private static (int Value, int Mask) Digit(string text, int position)
    {
        if (position >= text.Length)
        {
            throw new MappingException(MappingError.InvalidHex, Messages.HexOdd(text));
        }

        return text[position] switch
        {
            >= '0' and <= '9' => (text[position] - '0', 0xF),
            >= 'a' and <= 'f' => (text[position] - 'a' + 10, 0xF),
            >= 'A' and <= 'F' => (text[position] - 'A' + 10, 0xF),
            '?' => (0, 0),
            '.' or '\u2026' => throw new MappingException(MappingError.InvalidHex, Messages.HexCut(text)),
            _ => throw new MappingException(MappingError.InvalidHex, Messages.HexInvalid(text, position)),
        };
    }
}
