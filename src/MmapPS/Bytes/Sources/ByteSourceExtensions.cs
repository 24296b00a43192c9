using System;

namespace MmapPS.Bytes.Sources;

/// <summary>Reads from a source.</summary>
internal static class ByteSourceExtensions
{
    /// <summary>Copies bytes; if one cannot be read, only the bytes before it.</summary>
    /// <param name="source">The source.</param>
    /// <param name="offset">Offset of the first byte.</param>
    /// <param name="destination">Receives the bytes.</param>
    /// <param name="failure">Why fewer bytes were copied than the destination holds, or null.</param>
    /// <returns>Number of bytes copied.</returns>
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

        // Binary search for the last readable byte: 20 reads for 1 MiB.
        int reached = 0;
        for (int step = HighestBit(destination.Length); step > 0; step >>= 1)
        {
            if (step <= destination.Length - reached && TryRead(source, offset + reached, destination.Slice(reached, step)))
            {
                reached += step;
            }
        }

        // The page may have become readable again.
        failure = reached < destination.Length ? failure : null;
        return reached;
    }

    /// <summary>Copies bytes from last to first; if one cannot be read, only the bytes after it.</summary>
    /// <param name="source">The source.</param>
    /// <param name="offset">Offset of the first byte.</param>
    /// <param name="destination">Receives each byte at its position; bytes before those that were read are undefined.</param>
    /// <returns>Number of bytes copied, at the end of the destination.</returns>
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

    /// <summary>Copies bytes of a source into a new array.</summary>
    /// <exception cref="MappingException">See <see cref="IByteSource.Read"/>.</exception>
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
