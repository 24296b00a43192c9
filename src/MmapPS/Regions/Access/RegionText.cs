using System;
using System.Text;
using MmapPS.Bytes.Patterns;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Regions.Access;

/// <summary>Text out of a region.</summary>
internal static class RegionText
{
    private const int BufferSize = 1 << 20;

    // The longest string that .NET makes, and the most bytes that any encoding takes for a character of it.
    private const int MaxLength = 0x3FFFFFDF;
    private const int MaxBytes = 4;

    /// <summary>Decodes a range piece by piece, so that only the text itself is held in memory.</summary>
    /// <exception cref="MappingException">
    /// PageFault, NotReadable, RegionClosed; OutOfRange: no string holds the text, or the encoding refuses bytes of it.
    /// </exception>
    public static string Decode(MappedRegion region, ByteRange range, Encoding encoding, IWork work)
    {
        // Found out before all memory is full of the start of it.
        DemandLength(range.Length / MaxBytes, range);
        byte[] buffer = new byte[(int)Math.Min(range.Length, BufferSize)];
        char[] characters = new char[encoding.GetMaxCharCount(buffer.Length)];
        var text = new StringBuilder();
        Decoder decoder = encoding.GetDecoder();
        for (long done = 0; done < range.Length;)
        {
            int count = (int)Math.Min(range.Length - done, buffer.Length);
            region.Bytes.Read(range.Offset + done, buffer.AsSpan(0, count), work);
            int decoded;
            try
            {
                decoded = decoder.GetChars(buffer, 0, count, characters, 0, flush: done + count == range.Length);
            }
            catch (DecoderFallbackException exception)
            {
                throw EncodedText.Refusal(exception, encoding, region.Subject, range.Offset + done);
            }

            done += count;
            DemandLength((long)text.Length + decoded, range);
            text.Append(characters, 0, decoded);
        }

        return text.ToString();
    }

    private static void DemandLength(long length, ByteRange range)
    {
        if (length > MaxLength)
        {
            throw new OutOfRangeException(Messages.TextTooLong(range.Length, MaxLength));
        }
    }
}
