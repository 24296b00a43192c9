using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Text;
using MmapPS.Resources;

namespace MmapPS.Content;

/// <summary>What counts as bytes: byte, byte[], a whole number from 0 to 255, char, string, and lists of these.</summary>
internal static class ByteValue
{
    /// <summary>The bytes of a value.</summary>
    /// <exception cref="MappingException">OutOfRange: a number is no byte, or a type is none of these.</exception>
    public static byte[] ToBytes(object? value, Encoding encoding)
    {
        if (value is byte[] bytes)
        {
            return bytes;
        }

        using var buffer = new MemoryStream();
        Append(value, encoding, buffer);
        return buffer.ToArray();
    }

    /// <summary>Whether a value is a number that is a byte.</summary>
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

    private static void Append(object? value, Encoding encoding, Stream target)
    {
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
                byte[] encoded = encoding.GetBytes(text);
                target.Write(encoded, 0, encoded.Length);
                break;
            case char character:
                Append(character.ToString(), encoding, target);
                break;
            case IEnumerable list:
                foreach (object? item in list)
                {
                    Append(item, encoding, target);
                }

                break;
            default:
                throw new OutOfRangeException(Messages.ValueNotBytes(value?.GetType().FullName ?? "null"));
        }
    }
}
