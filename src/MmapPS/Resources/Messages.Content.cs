using System.Collections.Generic;

namespace MmapPS.Resources;

/// <content>Patterns, changes, layouts and values.</content>
internal static partial class Messages
{
    public static string CaseNotSupported(string encoding) =>
        Text(
            $"Case cannot be ignored in {encoding}: its small and capital letters differ in more than one bit. Search for both "
            + $"spellings as two patterns.");

    public static string ReplacementLength(int replacement, int pattern) => replacement > pattern
        ? Text($"The replacement has {replacement} bytes and the pattern {pattern}. Bytes are replaced in place, so it must not be longer.")
        : Text(
            $"The replacement has {replacement} bytes and the pattern {pattern}. Bytes are replaced in place: give as many, or -Pad "
            + $"to fill up the rest.");

    public static string NotAPatch() =>
        "This is not a patch that Edit-MappedByte or Compare-MappedByte wrote, or it is of a later version.";

    public static string PatchLineInvalid(long line) =>
        Text($"Line {line} of the patch is damaged. Nothing of it was applied.");

    public static string PatchOutside(string subject, long offset, long length, long total) =>
        Text(
            $"The patch changes {length} bytes at offset {offset} of {subject}, which has {total} bytes. It is of another file, or of "
            + $"more of the file than is mapped. Nothing of it was applied.");

    public static string PatchMismatch(string subject, long offset, string found, string expected) =>
        Text($"The patch expects {expected} at offset {offset} of {subject}, where {found} was found. Nothing of it was applied.");

    public static string PatchOfLongerFile(string subject, long length, long then) =>
        Text(
            $"{subject} has {length} bytes, and had {then} when the patch was made: it was cut off since, or is another file. Nothing "
            + $"of the patch was applied.");

    public static string PatchOfOthers(string subject, string patch, int count) =>
        Text(
            $"{patch} has changes of {count} files or regions, and none of {subject}. Leave the region out to have the files found, or "
            + $"give a region of one of them.");

    public static string PatchNamesNoFile(string patch) =>
        Text($"{patch} does not name a file for each of its changes, because some were made in memory. Give the region to apply it to.");

    // Values

    public static string TheValue() => "The value";

    public static string Field(string name) => Text($"Field '{name}'");

    public static string ValueTypeUnknown(string type, IReadOnlyList<string> names) =>
        Text($"There is no type '{Shorten(type)}'. The types are {string.Join(", ", names)}; numbers and UTF-16 take LE or BE at the end.");

    public static string ValueSizeInvalid(string type) =>
        Text(
            $"'{Shorten(type)}' has no valid size. Give a number in brackets: of bytes, as in 'Utf8[16]', or of values, as in "
            + $"'UInt16[4]'. A value or a record has 1 to 2147483591 bytes.");

    public static string TextSizeMissing(string type) =>
        Text($"'{type}' does not say how long the text is. Give bytes, as in '{type}[16]', or '{type}Z' for text that ends at a zero.");

    public static string FieldSizeMissing(string field, string type) =>
        Text(
            $"Field '{field}' is of type '{type}', whose length varies, but the fields of a record have fixed places. Give bytes, as "
            + $"in '{type}[16]'.");

    public static string FieldNameInvalid(string field) => field.Length == 0
        ? "A field has no name. Give names and types, as in [ordered]@{ Magic = 'UInt32'; Name = 'Utf8[16]' }."
        : Text($"The layout has two fields '{field}', and small and capital letters make no difference. Name each in its own way.");

    public static string LayoutUnordered(string type) =>
        Text($"-Layout is a {type}, which does not keep its fields in order. Write [ordered]@{{ ... }}.");

    public static string LayoutNameReserved(string field) =>
        Text($"Field '{field}' cannot be named so: PowerShell gives each object a member of that name. Name it otherwise.");

    public static string TypeOrLayout() => "Say with either -Type or -Layout what stands in the bytes.";

    public static string FieldNeedsLayout(string field) =>
        Text($"-Field {field} needs -Layout, which says where in the record the field is.");

    public static string FieldUnknown(string field, IEnumerable<string> names) =>
        Text($"-Layout has no field '{Shorten(field)}'. Its fields are {string.Join(", ", names)}.");

    public static string CountAndAll() => "-Count and -All cannot both be given. Leave one out.";

    public static string StrideOfText(string type) =>
        Text(
            $"-Stride cannot be given with '{type}', whose length varies: each text follows the zero of the one before. Give bytes, "
            + $"as in '{type}[16]'.");

    public static string ValuesOutside(
        string subject, long total, long offset, long count, string type, int size, long stride, long fitting) =>
        Text(
            $"{count} of {type} ({size} bytes each, {stride} from one to the next) do not lie at offset {offset} of {subject}, which "
            + $"has {total} bytes: {fitting} do. Give no more than that, or another -Offset.");

    public static string TextsFewer(string subject, long total, long count, string type, long found) =>
        Text($"{subject} ends at {total} bytes after {found} of {count} {type}. Give -Count {found} or less, or -All.");

    public static string FieldUnreadable(string field, string reason) =>
        Text($"Field '{field}': the object does not give its value. {reason}");

    public static string FieldMissing(string field) =>
        Text($"The value has no property '{field}', which -Layout names. Give objects or hashtables with all fields.");

    public static string RecordType() => "record";

    public static string ActionWriteValues(long count, string type) => Text($"Write {count} of {type}");

    public static string LayoutEmpty() =>
        "The layout has no field. Give names and types, as in [ordered]@{ Magic = 'UInt32'; Name = 'Utf8[16]' }.";

    public static string NumberOutside(string subject, string number, string type, string minimum, string maximum) =>
        Text($"{subject}: {number} does not fit into {type}, which holds {minimum} to {maximum}.");

    public static string ValueNotOfType(string subject, object? value, string type) => value is null
        ? Text($"{subject}: there is no value for {type}.")
        : Text($"{subject}: '{Shorten(Text($"{value}"))}' ({value.GetType().Name}) cannot be written as {type}.");

    public static string ValueAt(long offset, string reason) => Text($"The value at offset {offset}: {reason}");

    public static string BytesNotOfType(string bytes, string type) => Text($"The bytes {bytes} are no {type}.");

    public static string ArrayLength(string subject, int count, string type) =>
        Text($"{subject}: {count} values do not fill {type}. Give as many as it has.");

    public static string BlockLength(string subject, int length, string type) =>
        Text($"{subject}: {length} bytes do not fill {type}. Both must have the same length.");

    public static string TextTooLong(string subject, int length, string type) =>
        Text($"{subject}: the text takes {length} bytes, more than {type} holds.");

    public static string TextUnterminated(long offset, int searched) =>
        Text($"The text at offset {offset} has no zero at its end within {searched} bytes. Give its length instead, as in 'Utf8[16]'.");
}
