namespace MmapPS.Resources;

/// <content>Undo files and patches.</content>
internal static partial class Messages
{
    public static string PatchFileExists(string path) =>
        Text($"{path} already exists, and may be needed to undo an earlier change. Choose another path for the patch.");

    public static string PatchStopped(string reason, long changes) =>
        Text($"{reason} No change is made that cannot be undone. Made before it, and kept in the undo file: {Count(changes, "change")}.");

    public static string QuietAndPatch() => "-Quiet stops at the first difference, so it writes no patch. Leave -Quiet or -PatchPath out.";

    public static string PatchOfLengths(string subject, long length, string other, long otherLength) =>
        Text(
            $"{subject} has {Bytes(length)} to compare and {other} {otherLength}. A patch replaces bytes in place: give -Length, so that "
            + $"both have the same number.");

    public static string NoPatch(string reason) => Text($"{reason} No patch was written.");

    public static string ActionPatch(string other) => Text($"Write a patch that makes it equal to {other}");

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
}
