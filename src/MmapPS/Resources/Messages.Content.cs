using System.Collections.Generic;

namespace MmapPS.Resources;

/// <content>Patterns, changes, layouts and values.</content>
internal static partial class Messages
{
    public static string CaseNotSupported(string encoding) =>
        Text(
            $"Case cannot be ignored in {encoding}: its lower-case and upper-case letters differ in more than one bit. Search for "
            + $"both spellings as two patterns.");

    public static string ReplacementLength(int replacement, int pattern) => replacement > pattern
        ? Text($"The replacement has {Bytes(replacement)} and the pattern {pattern}. It must not be longer: bytes are replaced in place.")
        : Text(
            $"The replacement has {Bytes(replacement)} and the pattern {pattern}. Bytes are replaced in place: give as many, or fill "
            + $"the rest with -Pad.");

    public static string NotAPatch() =>
        "This is not a patch that Edit-MappedByte or Compare-MappedByte wrote, or a later version wrote it.";

    public static string PatchLineInvalid(long line) =>
        Text($"Line {line} of the patch is damaged. Nothing was applied.");

    public static string PatchOutside(string subject, long offset, long length, long total) =>
        Text(
            $"The patch changes {Bytes(length)} at offset {offset} of {subject}, which has {Bytes(total)}. It was made for another file, "
            + $"or for more of the file than is mapped. Nothing was applied.");

    public static string PatchMismatch(string subject, long offset, string found, string expected) =>
        Text($"The patch expects {expected} at offset {offset} of {subject}, found {found}. Nothing was applied.");

    public static string PatchOfLongerFile(string subject, long length, long then) =>
        Text(
            $"{subject} has {Bytes(length)}, and had {then} when the patch was made: it was truncated later, or is another file. "
            + $"Nothing was applied.");

    public static string PatchOfOthers(string subject, string patch, int count) =>
        Text(
            $"{patch} changes {count} files or regions, but not {subject}. Leave the region out, so that the files are found by "
            + $"their paths, or give a region of one of them.");

    public static string PatchNamesNoFile(string patch) =>
        Text($"{patch} does not name a file for each of its changes, because some were made in memory. Give the region to apply it to.");

    // Values

    public static string TheValue() => "The value";

    public static string Field(string name) => Text($"Field '{name}'");

    public static string ValueTypeUnknown(string type, IReadOnlyList<string> names) =>
        Text($"There is no type '{Shorten(type)}'. The types are {string.Join(", ", names)}; numbers and UTF-16 can end in LE or BE.");

    public static string ValueSizeInvalid(string type) =>
        Text(
            $"'{Shorten(type)}' has no valid size. Give a number in brackets: bytes, as in 'Utf8[16]', or values, as in "
            + $"'UInt16[4]'. A value or a record has 1 to 2147483591 bytes.");

    public static string TextSizeMissing(string type) =>
        Text($"'{type}' does not say how long the text is. Give its bytes, as in '{type}[16]', or '{type}Z' for text that ends at a zero.");

    public static string FieldSizeMissing(string field, string type) =>
        Text(
            $"Field '{field}' is of type '{type}', whose length varies, but the fields of a record have fixed offsets. Give its "
            + $"bytes, as in '{type}[16]'.");

    public static string FieldNameInvalid(string field) => field.Length == 0
        ? "A field has no name. Give names and types, as in [ordered]@{ Magic = 'UInt32'; Name = 'Utf8[16]' }."
        : Text($"The layout has two fields named '{field}'; case does not matter. Give each its own name.");

    public static string LayoutUnordered(string type) =>
        Text($"-Layout is a {type}, which does not keep its fields in order. Write [ordered]@{{ ... }}.");

    public static string LayoutNameReserved(string field) =>
        Text($"Field '{field}' needs another name: PowerShell gives every object a member of this name.");

    public static string TypeOrLayout() => "Give -Type or -Layout: it says what the bytes hold.";

    public static string FieldNeedsLayout(string field) =>
        Text($"-Field {field} needs -Layout, which says where in the record the field is.");

    public static string FieldUnknown(string field, IEnumerable<string> names) =>
        Text($"-Layout has no field '{Shorten(field)}'. Its fields are {string.Join(", ", names)}.");

    public static string CountAndAll() => "-Count and -All cannot both be given. Leave one out.";

    public static string StrideOfText(string type) =>
        Text(
            $"-Stride cannot be given with '{type}', whose length varies: each text follows the zero of the one before. Give its "
            + $"bytes, as in '{type}[16]'.");

    public static string ValuesOutside(
        string subject, long total, long offset, long count, string type, int size, long stride, long fitting) =>
        Text(
            $"{Values(count, type)} of {Bytes(size)}, with stride {stride}, cannot fit at offset {offset} of {subject}, which has "
            + $"{Bytes(total)}: {fitting} can. Give no more than that, or another -Offset.");

    public static string TextsFewer(string subject, long total, long count, string type, long found) =>
        Text($"{subject} ends at {Bytes(total)} after {found} of {Values(count, type)}. Give -Count {found} or less, or -All.");

    public static string FieldUnreadable(string field, string reason) =>
        Text($"Field '{field}': the object throws when its value is read. {reason}");

    public static string FieldMissing(string field) =>
        Text($"The value has no property '{field}', which -Layout names. Give objects or hashtables with all fields.");

    public static string RecordType() => "record";

    public static string ActionWriteValues(long count, string type) => Text($"Write {Values(count, type)}");

    public static string LayoutEmpty() =>
        "The layout has no fields. Give names and types, as in [ordered]@{ Magic = 'UInt32'; Name = 'Utf8[16]' }.";

    public static string NumberOutside(string subject, string number, string type, string minimum, string maximum) =>
        Text($"{subject}: {number} does not fit into {type}, which holds {minimum} to {maximum}.");

    public static string ValueNotOfType(string subject, object? value, string type) => value is null
        ? Text($"{subject}: there is no value for {type}.")
        : Text($"{subject}: '{Shorten(Text($"{value}"))}' ({value.GetType().Name}) cannot be written as {type}.");

    public static string ValueAt(long offset, string reason) => Text($"The value at offset {offset}: {reason}");

    public static string BytesNotOfType(string bytes, string type) => Text($"The bytes {bytes} are not a valid {type}.");

    public static string ArrayLength(string subject, int count, string type) =>
        Text($"{subject}: {Count(count, "value")} cannot fill {type}. Give as many as it has.");

    public static string BlockLength(string subject, int length, string type) =>
        Text($"{subject}: {Bytes(length)} cannot fill {type}. Both must have the same length.");

    public static string TextTooLong(string subject, int length, string type) =>
        Text($"{subject}: the text takes {Bytes(length)}, more than {type} holds.");

    public static string TextUnterminated(long offset, int searched) =>
        Text($"The text at offset {offset} does not end with a zero within {Bytes(searched)}. Give its length instead, as in 'Utf8[16]'.");

    private static string Values(long count, string type) => Count(count, type == RecordType() ? type : Text($"{type} value"));
}
