using System;

namespace MmapPS.Content;

/// <summary>Ways to read a source.</summary>
internal static class ByteSourceExtensions
{
    /// <summary>Bytes of a source: themselves where that is safe, else copied into the buffer.</summary>
    /// <exception cref="MappingException">As <see cref="IByteSource.Read"/>.</exception>
    public static ReadOnlySpan<byte> Get(this IByteSource source, long offset, Span<byte> buffer)
    {
        if (source.TryGetDirect(offset, buffer.Length, out ReadOnlySpan<byte> bytes))
        {
            return bytes;
        }

        source.Read(offset, buffer);
        return buffer;
    }

    /// <summary>As <see cref="Get"/>, but where a byte cannot be reached gives those before it and says why they end.</summary>
    public static ReadOnlySpan<byte> GetReachable(this IByteSource source, long offset, Span<byte> buffer, out MappingException? failure)
    {
        try
        {
            failure = null;
            return source.Get(offset, buffer);
        }
        catch (MappingException exception)
        {
            failure = exception;
        }

        // Halves the step until the last byte that can be reached is found: 20 reads for a mebibyte.
        int reached = 0;
        for (int step = HighestBit(buffer.Length); step > 0; step >>= 1)
        {
            if (step <= buffer.Length - reached && TryRead(source, offset + reached, buffer.Slice(reached, step)))
            {
                reached += step;
            }
        }

        // The page may have come back meanwhile.
        failure = reached < buffer.Length ? failure : null;
        return buffer.Slice(0, reached);
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
