using System.Text;
using MmapPS.Resources;

namespace MmapPS.Bytes.Patterns;

/// <summary>Converts text to bytes and bytes to text.</summary>
internal static class EncodedText
{
    /// <summary>Returns the bytes of a text; no byte order mark is added.</summary>
    /// <exception cref="OutOfRangeException">The encoding refuses a character that it cannot represent.</exception>
    public static byte[] ToBytes(string text, Encoding encoding)
    {
        try
        {
            return encoding.GetBytes(text);
        }
        catch (EncoderFallbackException exception)
        {
            bool pair = exception.IsUnknownSurrogate();
            int character = pair ? char.ConvertToUtf32(exception.CharUnknownHigh, exception.CharUnknownLow) : exception.CharUnknown;
            throw new OutOfRangeException(Messages.CharacterUnknown(character, exception.Index, encoding.WebName));
        }
    }

    /// <summary>Decodes bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="encoding">The encoding of the bytes.</param>
    /// <param name="subject">Name of their origin, for messages.</param>
    /// <param name="offset">Offset of the bytes in their origin.</param>
    /// <exception cref="OutOfRangeException">The encoding refuses bytes that are not valid.</exception>
    public static string ToText(byte[] bytes, Encoding encoding, string subject, long offset)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw Refusal(exception, encoding, subject, offset);
        }
    }

    /// <summary>Creates the error for bytes that an encoding refuses.</summary>
    /// <param name="exception">The refusal.</param>
    /// <param name="encoding">The encoding.</param>
    /// <param name="subject">Name of their origin, for messages.</param>
    /// <param name="offset">Offset in their origin at which decoding started.</param>
    public static OutOfRangeException Refusal(DecoderFallbackException exception, Encoding encoding, string subject, long offset) =>
        new(Messages.BytesNotText(HexText.Format(exception.BytesUnknown), offset + exception.Index, subject, encoding.WebName));
}
