using System.Text;
using MmapPS.Resources;

namespace MmapPS.Content;

/// <summary>Text as bytes.</summary>
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
}
