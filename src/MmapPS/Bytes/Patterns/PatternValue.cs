using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace MmapPS.Bytes.Patterns;

/// <summary>
/// Converts values to patterns: a value that <see cref="ByteValue"/> accepts is one pattern; in a list that is not only numbers
/// each item is a pattern.
/// </summary>
internal static class PatternValue
{
    /// <summary>Returns the patterns of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="encoding">Turns text into bytes.</param>
    /// <param name="ignoreCase">Whether ASCII letters match both cases.</param>
    /// <param name="unwrap">Unwraps a value from the wrapper of the script's language.</param>
    /// <exception cref="MappingException">PatternEmpty; OutOfRange: no bytes; NotSupported: case in this encoding.</exception>
    public static IReadOnlyList<BytePattern> ToPatterns(object? value, Encoding encoding, bool ignoreCase, Func<object?, object?> unwrap)
    {
        object? plain = unwrap(value);
        bool isList = plain is IEnumerable and not (string or byte[]);
        List<object?> items = isList ? ((IEnumerable)plain!).Cast<object?>().Select(unwrap).ToList() : [plain];
        return items.Count == 0 || (isList && items.TrueForAll(IsNumber))
            ? [ToPattern(plain, encoding, ignoreCase, unwrap)]
            : items.Select(item => ToPattern(item, encoding, ignoreCase, unwrap)).ToList();
    }

    private static bool IsNumber(object? value) => value is byte or int or long or short or sbyte or ushort or uint or ulong;

    private static BytePattern ToPattern(object? value, Encoding encoding, bool ignoreCase, Func<object?, object?> unwrap)
    {
        if (value is string or char)
        {
            return BytePattern.FromText(value.ToString()!, encoding, ignoreCase);
        }

        BytePattern pattern = BytePattern.FromBytes(ByteValue.ToBytes(value, encoding, unwrap));
        return ignoreCase ? pattern.IgnoringCase() : pattern;
    }
}
