namespace MmapPS.Resources;

/// <content>Ranges, places and lengths.</content>
internal static partial class Messages
{
    public static string Buffer() => "the buffer";

    public static string RegionText(string subject, long offset, long length) => Text($"{subject} [{offset}, {Bytes(length)}]");

    public static string RangeOutside(string subject, long total, long offset, long? length) => length is null
        ? Text($"Offset {offset} is outside of {subject}, which has {Bytes(total)}. Give an offset from 0 to {total}.")
        : Text(
            $"Offset {offset} with length {length} is outside of {subject}, which has {Bytes(total)}. Give an offset and a length that "
            + $"end at {total} or before.");

    public static string PastEndOfFile(string path, long total, long offset, long? length) =>
        Text($"{RangeOutside(path, total, offset, length)} New-MemoryMap -Extend -Length makes the file longer.");

    public static string RangeImpossible(string subject, long offset, long? length) =>
        Text(
            $"Offset {offset} with length {length} is not a valid range of {subject}: both must be 0 or more, and their sum at most "
            + $"{long.MaxValue}.");

    public static string IndexInvalid(string index) =>
        Text($"'{Shorten(index)}' is not a valid index. Give a whole number, or a list of them such as 0..3.");

    public static string ByteInvalid(string value) => Text($"'{Shorten(value)}' is not a byte. Give a whole number from 0 to 255.");

    public static string SliceLength(int indexes, int values) =>
        Text($"{values} values cannot be put at {indexes} indexes. Give one for each, as in $map[0..1] = 1, 2.");

    public static string NumberNotWhole(string number) =>
        Text(
            $"'{Shorten(number)}' is not a whole 64-bit number. Give one, or a size in whole bytes, such as 4096, 0x1000, 4KB or "
            + $"'4 KiB'.");

    public static string IndexOutside(string subject, long total, long index) => total == 0
        ? Text($"Index {index} is outside of {subject}, which is empty.")
        : Text(
            $"Index {index} is outside of {subject}, which has {Bytes(total)}. Give an index from 0 to {total - 1}, or from -1 back to "
            + $"-{total} counted from the end.");

    public static string LengthNotPositive(string subject, long length) =>
        Text($"Length {length} is not valid for {subject}. Give a -Length of at least 1 byte.");

    public static string LengthNeeded(string path) =>
        Text($"-Create and -Extend need -Length: how many bytes {path} must have from -Offset on.");

    public static string ArrayTooLong(long count, long maximum) =>
        Text(
            $"{Bytes(count)} do not fit into one array, which holds at most {maximum}. Read in parts with -Offset and -Length, or use "
            + $"the region's OpenStream().");

    public static string SeekOutside(long start, long offset) =>
        Text($"A stream cannot seek to {Bytes(offset)} from {start}: that is before its start or past 64 bits.");

    public static string StreamLengthFixed() => "The length of a region's stream is fixed: it is the length of the region.";

    public static string TargetRange(string subject, long offset, long length) =>
        Text($"{subject}, offset {offset}, length {length}");

    public static string TargetRest(string subject, long offset) =>
        Text($"{subject}, from offset {offset} to its end");

    public static string RangeInvalid(string text) =>
        Text(
            $"'{Shorten(text)}' is not a valid range. Give offset and length in bytes as in '0+8192,16384+4096', like ResidentRange of "
            + $"Measure-MemoryMap.");

    public static string RangeAndOffset() =>
        "-Range replaces -Offset and -Length. Give one or the other.";

    public static string RangeRounded(string subject, long offset, long length, long start, long rounded, long pageSize) =>
        Text(
            $"{subject}: offset {offset} with length {length} was rounded to whole pages of {Bytes(pageSize)}: offset {start} with "
            + $"length {rounded}.");
}
