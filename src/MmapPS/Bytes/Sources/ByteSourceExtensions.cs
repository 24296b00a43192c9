using System;

namespace MmapPS.Bytes.Sources;

/// <summary>Ways to read a source.</summary>
internal static class ByteSourceExtensions
{
    /// <summary>Copies bytes; where one cannot be reached, those before it.</summary>
    /// <param name="source">The source.</param>
    /// <param name="offset">Where the bytes start.</param>
    /// <param name="destination">Where to put them.</param>
    /// <param name="failure">Why there are fewer than the destination holds, or null.</param>
    /// <returns>How many there are.</returns>
    public static int ReadReachable(this IByteSource source, long offset, Span<byte> destination, out MappingException? failure)
    {
        try
        {
            source.Read(offset, destination);
            failure = null;
            return destination.Length;
        }
        catch (MappingException exception)
        {
            failure = exception;
        }

        // Halves the step until the last byte that can be reached is found: 20 reads for a mebibyte.
        int reached = 0;
        for (int step = HighestBit(destination.Length); step > 0; step >>= 1)
        {
            if (step <= destination.Length - reached && TryRead(source, offset + reached, destination.Slice(reached, step)))
            {
                reached += step;
            }
        }

        // The page may have come back meanwhile.
        failure = reached < destination.Length ? failure : null;
        return reached;
    }

    /// <summary>Copies bytes from the last one back to the first; where one cannot be reached, those behind it.</summary>
    /// <param name="source">The source.</param>
    /// <param name="offset">Where the bytes start.</param>
    /// <param name="destination">Where to put them, each at its place; what is before those that were reached is undefined.</param>
    /// <returns>How many there are, at the end of the destination.</returns>
    public static int ReadReachableEnd(this IByteSource source, long offset, Span<byte> destination)
    {
        int reached = 0;
        for (int step = HighestBit(destination.Length); step > 0; step >>= 1)
        {
            int start = destination.Length - reached - step;
            if (start >= 0 && TryRead(source, offset + start, destination.Slice(start, step)))
            {
                reached += step;
            }
        }

        return reached;
    }

    /// <summary>A copy of bytes of a source.</summary>
    /// <exception cref="MappingException">As <see cref="IByteSource.Read"/>.</exception>
    public static byte[] ReadBytes(this IByteSource source, long offset, int length)
    {
        byte[] bytes = new byte[length];
        source.Read(offset, bytes);
        return bytes;
    }

    private static bool TryRead(IByteSource source, long offset, Span<byte> destination)
    {
        try
        {
            source.Read(offset, destination);
            return true;
        }
        catch (MappingException)
        {
            return false;
        }
    }

    private static int HighestBit(int value)
    {
        int bit = value > 0 ? 1 : 0;
        while (bit <= value >> 1)
        {
            bit <<= 1;
        }

        return bit;
    }
}
