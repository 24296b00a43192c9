using System;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Parameters;

/// <summary>
/// Lets -Encoding take names, code page numbers and Encoding objects. No encoding here writes a byte order mark, and those by
/// name or number throw on characters they cannot represent: otherwise '?' would be searched for, or written, silently.
/// </summary>
internal sealed class EncodingTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The usual names in PowerShell, in the order of completion.</summary>
    public static readonly string[] Names =
        ["utf8", "ascii", "unicode", "bigendianunicode", "utf32", "bigendianutf32", "latin1", "ansi"];

    /// <summary>The default encoding.</summary>
    public static readonly Encoding Default = Strict(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = ScriptValue.Unwrap(inputData);
        return value as Encoding ?? Strict(Find(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty));
    }

    private static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.EncoderFallback = EncoderFallback.ExceptionFallback;
        return strict;
    }

    private static Encoding Find(string name)
    {
        try
        {
            return name.ToLowerInvariant() switch
            {
                "utf8" or "utf8nobom" or "default" => Default,
                "ascii" => Encoding.ASCII,
                "unicode" or "utf16" => Encoding.Unicode,
                "bigendianunicode" => Encoding.BigEndianUnicode,
                "utf32" => Encoding.UTF32,
                "bigendianutf32" => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
                "latin1" => Encoding.GetEncoding(28591),
                "ansi" => Encoding.GetEncoding(CultureInfo.CurrentCulture.TextInfo.ANSICodePage),
                _ => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int codePage)
                    ? Encoding.GetEncoding(codePage)
                    : Encoding.GetEncoding(name),
            };
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new ArgumentTransformationMetadataException(Messages.EncodingUnknown(name), exception);
        }
    }
}
