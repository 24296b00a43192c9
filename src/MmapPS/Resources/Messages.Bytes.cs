namespace MmapPS.Resources;

/// <content>Patterns, and bytes to find, write and replace.</content>
internal static partial class Messages
{
    public static string TextTooLong(long count, long maximum) =>
        Text(
            $"The text of {Bytes(count)} does not fit into one string, which holds at most {maximum} characters. Read in parts with "
            + $"-Offset and -Length, or use a StreamReader over the region's OpenStream().");

    public static string NumberNotByte(string number) =>
        Text($"{number} is not a byte. Give numbers from 0 to 255, or text in quotes.");

    public static string CharacterUnknown(int character, int index, string encoding) =>
        Text($"U+{character:X4}, at index {index} of the text, cannot be written in {encoding}. Choose another -Encoding, or give bytes.");

    public static string BytesNotText(string bytes, long offset, string subject, string encoding) =>
        Text(
            $"The bytes {bytes} at offset {offset} of {subject} are not valid {encoding}, and this Encoding object refuses them. Choose "
            + $"another -Encoding, or read the bytes without one.");

    public static string ValueNotBytes(string type) =>
        Text(
            $"A value of type {type} cannot be converted to bytes. Give byte, byte[], a whole number from 0 to 255, char or string, or "
            + $"use -Hex.");

    public static string StreamStopped(string reason, long written) =>
        Text($"{reason} {Bytes(written)} {Was(written)} written before it.");

    public static string StreamPastEnd(string subject, long total, long written) =>
        Text(
            $"The values do not fit: {subject} has {Bytes(total)}, and its end is reached. {Bytes(written)} {Was(written)} written. Map "
            + $"a longer region, with -Extend if the file is too short.");

    public static string ValueTooDeep(int depth) =>
        Text($"The value nests lists more than {depth} deep, or has a list that contains itself.");

    public static string ValueEmpty() => "There are no bytes. Give at least one.";

    public static string HexInvalid(string text, int position) =>
        Text(
            $"'{Shorten(text)}' is not hexadecimal at position {position}. Give two digits per byte, as in 'de ad be ef' or "
            + $"'0xdeadbeef'.");

    public static string HexCut(string text) =>
        Text(
            $"'{Shorten(text)}' is cut: the ellipsis replaces further bytes. Read all of them with Read-MappedByte, or write all "
            + $"differences to a file with Compare-MappedByte -PatchPath.");

    public static string BytesCut(int length) =>
        Text(
            $"These are only the first {Bytes(length)} of a difference. Read all of them with Read-MappedByte, or write all "
            + $"differences to a file with Compare-MappedByte -PatchPath.");

    public static string HexOdd(string text) =>
        Text($"'{Shorten(text)}' has an odd number of hexadecimal digits. Give two digits per byte, as in '0d 0a'.");

    public static string HexWildcardInValue(string text) =>
        Text($"'{Shorten(text)}' has wildcards, which cannot be written. Give the digits of every byte.");

    public static string EncodingUnknown(string name) =>
        Text(
            $"There is no encoding '{name}'. Give a name such as utf8, ascii, unicode, bigendianunicode, utf32, latin1, a code page "
            + $"number, or an Encoding object.");

    public static string ExpectationLength(int expected, int value) =>
        Text($"-Expect has {Bytes(expected)} and the value {value}. Both must have the same length.");

    public static string ExpectationFailed(string subject, long offset, string found, string expected) =>
        Text($"Expected {expected} at offset {offset} of {subject}, found {found}. Nothing was written.");

    public static string ActionWrite(long count) => Text($"Write {Bytes(count)}");

    public static string ActionWriteStream() => "Write the bytes of the pipeline";

    public static string HashRefused(string algorithm, string reason) =>
        Text($"{algorithm} cannot be computed here: {reason} Choose another -Algorithm.");

    public static string FirstAndLast() => "-First and -Last cannot both be given. Search twice, or leave one out.";

    public static string NoMatch() => "An object with the properties Region, Offset and Length is needed, such as Find-MappedByte returns.";

    public static string ValueLongerThanMatch(long value, long match) =>
        Text(
            $"The value has {Bytes(value)} and the match {match}: it would overwrite what follows. If you want that, give -Region and "
            + $"-Offset by name.");

    public static string ReplacementNeeded() => "Give -Replacement or -ReplacementHex: the bytes that replace each match.";

    public static string ActionReplace(string before, string after) => Text($"Replace {before} with {after}");

    public static string CaseNotSupported(string encoding) =>
        Text(
            $"Case cannot be ignored in {encoding}: its lower-case and upper-case letters differ in more than one bit. Search for "
            + $"both spellings as two patterns.");

    public static string ReplacementLength(int replacement, int pattern) => replacement > pattern
        ? Text($"The replacement has {Bytes(replacement)} and the pattern {pattern}. It must not be longer: bytes are replaced in place.")
        : Text(
            $"The replacement has {Bytes(replacement)} and the pattern {pattern}. Bytes are replaced in place: give as many, or fill "
            + $"the rest with -Pad.");
}
