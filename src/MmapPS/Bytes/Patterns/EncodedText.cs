using System.Text;
using MmapPS.Resources;

namespace MmapPS.Bytes.Patterns;

/// <summary>Text as bytes, and bytes as text.</summary>
internal static class EncodedText
{
    /// <summary>The bytes of a text; no byte order mark is added.</summary>
    /// <exception cref="OutOfRangeException">It has a character that the encoding has not, and refuses.</exception>
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

    /// <summary>The text of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="encoding">How the text is encoded.</param>
    /// <param name="subject">How messages name what the bytes are of.</param>
    /// <param name="offset">Where in it they start.</param>
    /// <exception cref="OutOfRangeException">Bytes are not valid in the encoding, and it refuses them.</exception>
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

    /// <summary>The error for bytes that an encoding refuses.</summary>
    /// <param name="exception">The refusal.</param>
    /// <param name="encoding">The encoding.</param>
    /// <param name="subject">How messages name what the bytes are of.</param>
    /// <param name="offset">Where in it the bytes start that were being decoded.</param>
    public static OutOfRangeException Refusal(DecoderFallbackException exception, Encoding encoding, string subject, long offset) =>
        new(Messages.BytesNotText(HexText.Format(exception.BytesUnknown), offset + exception.Index, subject, encoding.WebName));
}
