using System;
using System.Collections.Generic;
using MmapPS.Resources;

namespace MmapPS.Content;

/// <summary>Bytes written in hexadecimal, with <c>?</c> for a digit that may be any.</summary>
internal sealed class HexPattern
{
    private HexPattern(byte[] bytes, byte[] mask)
    {
        Bytes = bytes;
        Mask = mask;
    }

    /// <summary>The bytes; undetermined bits are 0.</summary>
    public byte[] Bytes { get; }

    /// <summary>Which bits of each byte are determined.</summary>
    public byte[] Mask { get; }

    /// <summary>Whether every bit is determined.</summary>
    public bool IsExact => Array.TrueForAll(Mask, mask => mask == 0xFF);

    /// <summary>A pattern that only these bytes match.</summary>
    /// <exception cref="MappingException">PatternEmpty.</exception>
    public static HexPattern FromBytes(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            throw new MappingException(MappingError.PatternEmpty, Messages.ValueEmpty());
        }

        byte[] mask = new byte[bytes.Length];
        mask.AsSpan().Fill(0xFF);
        return new HexPattern(bytes, mask);
    }

    /// <summary>
    /// Reads text such as <c>de ad ?? e?</c>, <c>0xDEADBEEF</c>, <c>de-ad:be,ef</c>: two digits a byte, white space and
    /// <c>- : , _</c> between bytes, a leading 0x allowed for the whole and for each byte.
    /// </summary>
    /// <exception cref="MappingException">InvalidHex, PatternEmpty.</exception>
    public static HexPattern Parse(string text)
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
            ? new HexPattern([.. bytes], [.. mask])
            : throw new MappingException(MappingError.PatternEmpty, Messages.ValueEmpty());
    }

    /// <summary>Whether bytes are as the pattern says.</summary>
    public bool Matches(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < Bytes.Length; i++)
        {
            if ((bytes[i] & Mask[i]) != Bytes[i])
            {
                return false;
            }
        }

        return bytes.Length == Bytes.Length;
    }

    /// <summary>The pattern as it could be parsed again, shortened where it is long.</summary>
    public override string ToString() => HexText.Format(Bytes, Mask);

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
            _ => throw new MappingException(MappingError.InvalidHex, Messages.HexInvalid(text, position)),
        };
    }
}
