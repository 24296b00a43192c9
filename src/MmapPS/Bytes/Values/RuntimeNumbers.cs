using System;
using System.Globalization;
using System.Linq.Expressions;
using System.Numerics;

namespace MmapPS.Bytes.Values;

/// <summary>
/// Half, Int128 and UInt128 are looked up at run time: netstandard2.0 does not have them, .NET has them since 5 and 7. Without
/// them, in Windows PowerShell 5.1, 16-bit numbers are read as float and 128-bit numbers as BigInteger, which hold all of
/// them exactly.
/// </summary>
internal static class RuntimeNumbers
{
    private static readonly Type? s_half = Type.GetType("System.Half");
    private static readonly Type? s_int128 = Type.GetType("System.Int128");
    private static readonly Type? s_uint128 = Type.GetType("System.UInt128");
    private static readonly Func<short, object>? s_makeHalf = FindHalfMaker();
    private static readonly Func<object, short>? s_readHalf = FindHalfReader();
    private static readonly Func<ulong, ulong, object>? s_makeInt128 = FindWideMaker(s_int128);
    private static readonly Func<ulong, ulong, object>? s_makeUInt128 = FindWideMaker(s_uint128);

    /// <summary>Creates the 16-bit number.</summary>
    public static object MakeHalf(ushort bits) => s_makeHalf?.Invoke((short)bits) ?? HalfBits.ToSingle(bits);

    /// <summary>The bits of a 16-bit number.</summary>
    public static bool TryGetHalf(object? value, out ushort bits)
    {
        bool isHalf = s_readHalf is not null && value?.GetType() == s_half;
        bits = isHalf ? (ushort)s_readHalf!(value!) : default;
        return isHalf;
    }

    /// <summary>Creates the 128-bit integer.</summary>
    public static object MakeWide(ulong upper, ulong lower, bool signed) =>
        (signed ? s_makeInt128 : s_makeUInt128)?.Invoke(upper, lower)
        ?? ((signed ? new BigInteger((long)upper) : new BigInteger(upper)) << 64) + lower;

    /// <summary>A number of these types as double or BigInteger, without loss; other values unchanged.</summary>
    public static object? Widen(object? value) => value?.GetType() switch
    {
        null => null,
        { } type when type == s_int128 || type == s_uint128 =>
            BigInteger.Parse(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),

        // Its text is not exact: that of 65504 is 65500.
        _ => TryGetHalf(value, out ushort bits) ? (double)HalfBits.ToSingle(bits) : value,
    };

    private static Func<short, object>? FindHalfMaker()
    {
        if (s_half is null || typeof(BitConverter).GetMethod("Int16BitsToHalf", [typeof(short)]) is not { } convert)
        {
            return null;
        }

        ParameterExpression bits = Expression.Parameter(typeof(short));
        return Expression.Lambda<Func<short, object>>(Expression.Convert(Expression.Call(convert, bits), typeof(object)), bits).Compile();
    }

    private static Func<object, short>? FindHalfReader()
    {
        if (s_half is null || typeof(BitConverter).GetMethod("HalfToInt16Bits", [s_half]) is not { } convert)
        {
            return null;
        }

        ParameterExpression number = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, short>>(Expression.Call(convert, Expression.Convert(number, s_half)), number).Compile();
    }

    private static Func<ulong, ulong, object>? FindWideMaker(Type? type)
    {
        if (type?.GetConstructor([typeof(ulong), typeof(ulong)]) is not { } constructor)
        {
            return null;
        }

        ParameterExpression upper = Expression.Parameter(typeof(ulong));
        ParameterExpression lower = Expression.Parameter(typeof(ulong));
        Expression made = Expression.Convert(Expression.New(constructor, upper, lower), typeof(object));
        return Expression.Lambda<Func<ulong, ulong, object>>(made, upper, lower).Compile();
    }
}
