using System.Collections.Generic;

namespace MmapPS.Resources;

/// <content>Values and layouts.</content>
internal static partial class Messages
{
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
