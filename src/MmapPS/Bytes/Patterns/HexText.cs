using System;
using System.Linq;
using System.Text;

namespace MmapPS.Bytes.Patterns;

/// <summary>Formats bytes as hexadecimal text.</summary>
internal static class HexText
{
    private const string Digits = "0123456789abcdef";

    /// <summary>Replaces further bytes; no parser of bytes accepts it.</summary>
    public const string Ellipsis = " ...";

    // Bytes shown in a message.
    private const int Shown = 16;

    private static readonly string[] s_bytes =
        Enumerable.Range(0, 256).Select(value => $"{Digits[value >> 4]}{Digits[value & 0xF]}").ToArray();

    /// <summary>A byte as <c>de</c>.</summary>
    public static string OfByte(byte value) => s_bytes[value];

    /// <summary>All bytes as <c>deadbeef</c>.</summary>
    public static string Compact(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (byte value in bytes)
        {
            text.Append(OfByte(value));
        }

        return text.ToString();
    }

    /// <summary>All bytes as <c>de ad be ef</c>.</summary>
    public static string All(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 3);
        foreach (byte value in bytes)
        {
            text.Append(text.Length == 0 ? string.Empty : " ").Append(OfByte(value));
        }

        return text.ToString();
    }

    /// <summary>The first bytes as <c>de ad be ef</c>.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="mask">Determined bits; a digit with other bits is shown as ?. If empty, all bits are determined.</param>
    public static string Format(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> mask = default)
    {
        var text = new StringBuilder();
        for (int i = 0; i < bytes.Length && i < Shown; i++)
        {
            byte known = mask.IsEmpty ? (byte)0xFF : mask[i];
            text.Append(i == 0 ? string.Empty : " ")
                .Append((known & 0xF0) == 0 ? '?' : Digits[bytes[i] >> 4])
                .Append((known & 0x0F) == 0 ? '?' : Digits[bytes[i] & 0xF]);
        }

        return text.Append(bytes.Length > Shown ? Ellipsis : string.Empty).ToString();
    }
}
