using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Values;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Parameters;

/// <summary>Encodes what a parameter for values was given.</summary>
internal static class ValueEncoder
{
    /// <summary>The values that an argument has. A list is several, unless it is one block of bytes or one array.</summary>
    public static IEnumerable<object?> Split(ValueFormat format, object? argument) =>
        ScriptCaller.Unwrap(argument) is IList list && !IsOneValue(format, list) ? list.Cast<object?>() : [argument];

    /// <summary>The bytes of one value.</summary>
    /// <exception cref="MappingException">OutOfRange, NotSupported: the value does not fit the format.</exception>
    public static byte[] Encode(ValueFormat format, object? value)
    {
        object? content = RecordFormat.ValueOf(format, value);
        if (format is TextFormat { Size: 0 } text)
        {
            return text.Encode(content, Messages.TheValue());
        }

        byte[] bytes = new byte[format.Size];
        format.Write(content, bytes, Messages.TheValue());
        return bytes;
    }

    /// <summary>The bytes of all values of an argument, one after the other.</summary>
    /// <param name="format">The format of each.</param>
    /// <param name="argument">The values.</param>
    /// <param name="count">How many they are.</param>
    /// <exception cref="MappingException">PatternEmpty: there are none; or as <see cref="Encode"/>.</exception>
    public static byte[] EncodeAll(ValueFormat format, object? argument, out long count)
    {
        using var all = new MemoryStream();
        count = 0;
        foreach (object? value in Split(format, argument))
        {
            byte[] bytes = Encode(format, value);
            all.Write(bytes, 0, bytes.Length);
            count++;
        }

        return count > 0 ? all.ToArray() : throw new MappingException(MappingError.PatternEmpty, Messages.ValueEmpty());
    }

    private static bool IsOneValue(ValueFormat format, IList list) => format switch
    {
        BytesFormat => list is byte[] || (list.Count > 0 && ByteValue.IsByte(ScriptCaller.Unwrap(list[0]), out _)),
        ArrayFormat => list.Count == 0 || ScriptCaller.Unwrap(list[0]) is not IList,
        _ => false,
    };
}
