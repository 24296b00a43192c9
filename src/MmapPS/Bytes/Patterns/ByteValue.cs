using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Text;
using MmapPS.Resources;

namespace MmapPS.Bytes.Patterns;

/// <summary>Converts values to bytes: byte, byte[], a whole number from 0 to 255, char, string, and lists of these.</summary>
internal static class ByteValue
{
    // Deeper than any sensible list, but too shallow to overflow the stack.
    private const int MaxDepth = 64;

    /// <summary>Returns the bytes of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="encoding">Turns text into bytes.</param>
    /// <param name="unwrap">Unwraps a value from the wrapper of the script's language.</param>
    /// <exception cref="MappingException">OutOfRange: not a byte, not a character of the encoding, or another type.</exception>
    public static byte[] ToBytes(object? value, Encoding encoding, Func<object?, object?>? unwrap = null)
    {
        if (value is byte[] bytes)
        {
            return bytes;
        }

        using var buffer = new MemoryStream();
        Append(value, encoding, unwrap ?? (item => item), buffer, MaxDepth);
        return buffer.ToArray();
    }

    /// <summary>Whether a value is a number from 0 to 255.</summary>
    public static bool IsByte(object? value, out byte result)
    {
        switch (value)
        {
            case int number when (uint)number <= byte.MaxValue:
                result = (byte)number;
                return true;
            case byte number:
                result = number;
                return true;
            default:
                result = 0;
                return false;
        }
    }

    private static void Append(object? wrapped, Encoding encoding, Func<object?, object?> unwrap, Stream target, int depth)
    {
        if (depth == 0)
        {
            throw new OutOfRangeException(Messages.ValueTooDeep(MaxDepth));
        }

        object? value = unwrap(wrapped);
        switch (value)
        {
            case byte or int or long or short or sbyte or ushort or uint or ulong:
                decimal number = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
                target.WriteByte(number is >= 0 and <= byte.MaxValue
                    ? (byte)number
                    : throw new OutOfRangeException(Messages.NumberNotByte(number.ToString(CultureInfo.InvariantCulture))));
                break;
            case byte[] bytes:
                target.Write(bytes, 0, bytes.Length);
                break;
            case string text:
                byte[] encoded = EncodedText.ToBytes(text, encoding);
                target.Write(encoded, 0, encoded.Length);
                break;
            case char character:
                Append(character.ToString(), encoding, unwrap, target, depth - 1);
                break;
            case HexBytes { IsCut: true } cut:
                throw new MappingException(MappingError.LengthMismatch, Messages.BytesCut(cut.Length));
            case IEnumerable list:
                foreach (object? item in list)
                {
                    Append(item, encoding, unwrap, target, depth - 1);
                }

                break;
            default:
                throw new OutOfRangeException(Messages.ValueNotBytes(value?.GetType().FullName ?? "null"));
        }
    }
}
