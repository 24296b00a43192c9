using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Sources;
using MmapPS.Bytes.Values;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS;

/// <content>A region as the array of bytes that it is to a script.</content>
public sealed partial class MappedRegion
{
    // Read at once by an enumeration, of which many may be left after some bytes.
    private const int EnumeratedAtOnce = 64 << 10;

    /// <summary>One byte.</summary>
    /// <param name="index">Its place from 0 on, or counted from the end where negative: -1 is the last.</param>
    /// <exception cref="OutOfRangeException">There is no such byte.</exception>
    /// <exception cref="MappingException">PageFault, NotReadable, NotWritable, NoSpace, RegionClosed.</exception>
    public byte this[long index]
    {
        get => Member(() =>
        {
            Span<byte> value = stackalloc byte[1];
            Bytes.Read(ByteRange.Index(Length, index, Subject), value, Unwatched.Work);
            return value[0];
        });

        set => Member(() =>
        {
            Span<byte> source = [value];
            Bytes.Write(ByteRange.Index(Length, index, Subject), source, Unwatched.Work);
            return source.Length;
        });
    }

    /// <summary>
    /// Every byte from the first to the last, read 64 KiB at a time as they are asked for. The region stays in use for no longer
    /// than that takes.
    /// </summary>
    /// <exception cref="OutOfRangeException">The region was made shorter meanwhile.</exception>
    /// <exception cref="MappingException">PageFault, NotReadable, RegionClosed; the bytes before it have been given.</exception>
    public IEnumerable<byte> EnumerateBytes()
    {
        ByteRange range = Member(() => Range(0, null));
        var source = new RegionByteSource(this, range);
        byte[] buffer = new byte[Math.Min(range.Length, EnumeratedAtOnce)];
        for (long offset = 0; offset < range.Length; offset += buffer.Length)
        {
            int wanted = (int)Math.Min(range.Length - offset, buffer.Length);
            int reached = source.ReadReachable(offset, buffer.AsSpan(0, wanted), out MappingException? failure);
            for (int i = 0; i < reached; i++)
            {
                yield return buffer[i];
            }

            if (failure is not null)
            {
                throw Caller.ToCallerException(failure, this);
            }
        }
    }

    /// <summary>The byte at an index, or the bytes at a list of indexes such as <c>0..3</c>.</summary>
    internal static object GetAt(MappedRegion region, object? index)
    {
        if (Caller.Unwrap(index) is not IList list)
        {
            return region[region.Member(() => ToIndex(index))];
        }

        var bytes = new List<byte>(list.Count);
        foreach (object? item in list)
        {
            bytes.Add(region[region.Member(() => ToIndex(item))]);
        }

        return bytes.ToArray();
    }

    /// <summary>Sets the byte at an index, or those at a list of indexes to as many values. All are looked at before any is set.</summary>
    /// <returns>The value.</returns>
    internal static object? SetAt(MappedRegion region, object? index, object? value) => region.Member(() =>
    {
        List<long> places = ToList(index).ConvertAll(item => ByteRange.Index(region.Length, ToIndex(item), region.Subject));
        byte[] bytes = ToList(value).ConvertAll(ToByte).ToArray();
        if (places.Count != bytes.Length)
        {
            throw new MappingException(MappingError.LengthMismatch, Messages.SliceLength(places.Count, bytes.Length));
        }

        places.ForEach(place => region.Protections.Demand(MemoryProtection.Write, region.Range(place, 1)));
        for (int start = 0, end = 1; start < bytes.Length; start = end++)
        {
            // Neighbours are written at once.
            while (end < bytes.Length && places[end] == places[end - 1] + 1)
            {
                end++;
            }

            region.Bytes.Write(places[start], bytes.AsSpan(start, end - start), Unwatched.Work, before: start, total: bytes.Length);
        }

        return value;
    });

    /// <summary>Refuses arguments of a member that are numbers with a fraction, which PowerShell would round.</summary>
    internal static void DemandWhole(MappedRegion region, object?[] arguments) => region.Member(() =>
    {
        object? fraction = Array.Find(arguments, argument => IsNumber(Caller.Unwrap(argument)) && !TryRead(argument, out _));
        return fraction is null ? region : throw new OutOfRangeException(Messages.NumberNotWhole(ToText(fraction)));

        static bool IsNumber(object? value) =>
            value is float or double or decimal || (value is string && ExactNumber.TryConvert(value, out _));
    });

    private static List<object?> ToList(object? value) => Caller.Unwrap(value) switch
    {
        string text => [text],
        IEnumerable items => items.Cast<object?>().ToList(),
        var single => [single],
    };

    private static long ToIndex(object? index) =>
        TryRead(index, out long place) ? place : throw new OutOfRangeException(Messages.IndexInvalid(ToText(index)));

    private static byte ToByte(object? value) => TryRead(value, out long number) && number is >= 0 and <= byte.MaxValue
        ? (byte)number
        : throw new OutOfRangeException(Messages.ByteInvalid(ToText(value)));

    private static bool TryRead(object? value, out long number) => ByteSize.TryRead(Caller.Unwrap(value), out number);

    private static string ToText(object? value) => value is null ? "$null" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
