using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace MmapPS.Bytes.Patterns;

/// <summary>
/// What counts as patterns: a value that <see cref="ByteValue"/> takes is one, and of a list that is not all numbers each
/// item is one.
/// </summary>
internal static class PatternValue
{
    /// <summary>The patterns of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="encoding">How text becomes bytes.</param>
    /// <param name="ignoreCase">Whether ASCII letters stand for both cases.</param>
    /// <param name="unwrap">Takes off what a script's language wraps a value in.</param>
    /// <exception cref="MappingException">PatternEmpty; OutOfRange: what is no bytes; NotSupported: case in this encoding.</exception>
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
