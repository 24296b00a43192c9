using System;
using System.Text;

namespace MmapPS.Regions;

/// <summary>Text out of a region.</summary>
internal static class RegionText
{
    private const int BufferSize = 1 << 20;

    /// <summary>Decodes a range piece by piece, so that only the text itself is held in memory.</summary>
    /// <exception cref="MappingException">PageFault, NotReadable, RegionClosed.</exception>
    public static string Decode(MappedRegion region, ByteRange range, Encoding encoding, IWorkMonitor? monitor)
    {
        byte[] buffer = new byte[(int)Math.Min(range.Length, BufferSize)];
        char[] characters = new char[encoding.GetMaxCharCount(buffer.Length)];
        var text = new StringBuilder();
        Decoder decoder = encoding.GetDecoder();
        for (long done = 0; done < range.Length;)
        {
            int count = (int)Math.Min(range.Length - done, buffer.Length);
            region.Read(range.Offset + done, buffer.AsSpan(0, count), monitor);
            done += count;
            int decoded = decoder.GetChars(buffer, 0, count, characters, 0, flush: done == range.Length);
            text.Append(characters, 0, decoded);
        }

        return text.ToString();
    }
}
