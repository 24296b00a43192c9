using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using MmapPS.Polyfills;
using MmapPS.Resources;

namespace MmapPS.Bytes.Values;

/// <summary>
/// Parses names of types such as <c>UInt32</c>, <c>Int16BE</c>, <c>Utf8[16]</c>, <c>Utf16LEZ</c>, <c>Byte[20]</c>, <c>UInt16[4]</c>; case
/// does not matter.
/// </summary>
internal static class ValueFormatParser
{
    /// <summary>The names offered by completion.</summary>
    public static readonly string[] Names =
    [
        "Byte", "Int8", "UInt8", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "Int128", "UInt128", "Half", "Single", "Double",
        "Decimal", "Guid", "Boolean", "Char", "Byte[16]", "UInt16[4]", "Utf8[16]", "Utf8Z", "Ascii[16]", "AsciiZ", "Latin1[16]", "Latin1Z",
        "Utf16[16]", "Utf16Z", "Utf32[16]", "Utf32Z",
    ];

    /// <summary>Largest size of a value or a record in bytes: the longest byte array in .NET.</summary>
    public const int MaxSize = ArrayLimit.MaxLength;

    // PowerShell's names.
    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sbyte"] = "int8",
        ["byte"] = "uint8",
        ["short"] = "int16",
        ["ushort"] = "uint16",
        ["int"] = "int32",
        ["uint"] = "uint32",
        ["long"] = "int64",
        ["ulong"] = "uint64",
        ["float"] = "single",
        ["bool"] = "boolean",
        ["unicode"] = "utf16",
    };

    /// <summary>Parses the name of a type.</summary>
    /// <param name="type">The type's name.</param>
    /// <param name="bigEndian">Byte order if the name does not end in LE or BE.</param>
    /// <exception cref="MappingException">NotSupported: the type is unknown.</exception>
    /// <exception cref="OutOfRangeException">The size in brackets is not valid.</exception>
    public static ValueFormat Parse(string type, bool bigEndian)
    {
        string name = type.Trim();
        int? size = null;
        int bracket = name.IndexOf('[');
        if (bracket >= 0)
        {
            size = ParseSize(type, name.Substring(bracket));
            name = name.Substring(0, bracket).TrimEnd();
        }

        ValueFormat? format = TryCreate(type.Trim(), name, size, bigEndian);
        if (format is null && name.Length > 2 && IsOrder(name.Substring(name.Length - 2), out bool order))
        {
            format = TryCreate(type.Trim(), name.Substring(0, name.Length - 2), size, order);
        }

        return format ?? throw new MappingException(MappingError.NotSupported, Messages.ValueTypeUnknown(type, Names));
    }

    private static int ParseSize(string type, string brackets) =>
        brackets.EndsWith("]", StringComparison.Ordinal)
        && int.TryParse(brackets.Substring(1, brackets.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out int size)
        && size is > 0 and <= MaxSize
            ? size
            : throw new OutOfRangeException(Messages.ValueSizeInvalid(type));

    private static bool IsOrder(string suffix, out bool bigEndian)
    {
        bigEndian = suffix.Equals("BE", StringComparison.OrdinalIgnoreCase);
        return bigEndian || suffix.Equals("LE", StringComparison.OrdinalIgnoreCase);
    }

    private static ValueFormat? TryCreate(string type, string name, int? size, bool bigEndian)
    {
        name = s_aliases.TryGetValue(name, out string? meant) ? meant : name.ToLowerInvariant();
        if (size is not null)
        {
            return name == "uint8" ? new BytesFormat(type, size.Value)
                : (ValueFormat?)TryCreateArray(type, name, size.Value, bigEndian) ?? TryCreateText(type, name, size.Value, bigEndian);
        }

        return TryCreateValue(type, name, bigEndian) ?? TryCreateText(type, name, 0, bigEndian);
    }

    private static ArrayFormat? TryCreateArray(string type, string name, int count, bool bigEndian) =>
        TryCreateValue(name, name, bigEndian) switch
        {
            null => null,
            { } item when (long)count * item.Size > MaxSize => throw new OutOfRangeException(Messages.ValueSizeInvalid(type)),
            { } item => new ArrayFormat(type, item, count),
        };

    private static ValueFormat? TryCreateValue(string type, string name, bool bigEndian) =>
        name switch
        {
            "int8" => new IntegerFormat(type, 1, signed: true, bigEndian),
            "uint8" => new IntegerFormat(type, 1, signed: false, bigEndian),
            "int16" => new IntegerFormat(type, 2, signed: true, bigEndian),
            "uint16" => new IntegerFormat(type, 2, signed: false, bigEndian),
            "int32" => new IntegerFormat(type, 4, signed: true, bigEndian),
            "uint32" => new IntegerFormat(type, 4, signed: false, bigEndian),
            "int64" => new IntegerFormat(type, 8, signed: true, bigEndian),
            "uint64" => new IntegerFormat(type, 8, signed: false, bigEndian),
            "int128" => new IntegerFormat(type, 16, signed: true, bigEndian),
            "uint128" => new IntegerFormat(type, 16, signed: false, bigEndian),
            "half" => new FloatFormat(type, 2, bigEndian),
            "single" => new FloatFormat(type, 4, bigEndian),
            "double" => new FloatFormat(type, 8, bigEndian),
            "decimal" => new DecimalFormat(type, bigEndian),
            "guid" => new GuidFormat(type, bigEndian),
            "boolean" => new BooleanFormat(type),
            "char" => new CharFormat(type, bigEndian),
            _ => null,
        };

    // Text has a size, or ends in Z, or both.
    private static TextFormat? TryCreateText(string type, string name, int size, bool bigEndian)
    {
        bool zeroTerminated = name.EndsWith("z", StringComparison.Ordinal);
        string encodingName = zeroTerminated ? name.Substring(0, name.Length - 1) : name;
        if (IsOrder(encodingName.Substring(Math.Max(0, encodingName.Length - 2)), out bool order))
        {
            bigEndian = order;
            encodingName = encodingName.Substring(0, encodingName.Length - 2);
        }

        Encoding? encoding = encodingName switch
        {
            "utf8" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            "ascii" => Encoding.ASCII,
            "latin1" => Encoding.GetEncoding(28591),
            "utf16" => new UnicodeEncoding(bigEndian, byteOrderMark: false),
            "utf32" => new UTF32Encoding(bigEndian, byteOrderMark: false),
            _ => null,
        };
        if (encoding is null)
        {
            return null;
        }

        if (size == 0 && !zeroTerminated)
        {
            throw new OutOfRangeException(Messages.TextSizeMissing(type));
        }

        encoding = (Encoding)encoding.Clone();
        encoding.EncoderFallback = EncoderFallback.ExceptionFallback;
        return new TextFormat(type, encoding, size, zeroTerminated);
    }
}
