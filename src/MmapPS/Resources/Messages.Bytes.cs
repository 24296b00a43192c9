namespace MmapPS.Resources;

/// <content>Finding, copying, clearing and editing.</content>
internal static partial class Messages
{
    public static string FirstAndLast() => "-First and -Last cannot both be given. Search twice, or leave one out.";

    public static string NoMatch() => "An object with the properties Region, Offset and Length is needed, such as Find-MappedByte returns.";

    public static string ValueLongerThanMatch(long value, long match) =>
        Text(
            $"The value has {Bytes(value)} and the match {match}: it would overwrite what follows. If you want that, give -Region and "
            + $"-Offset by name.");

    public static string OneFileNeeded() => "One region or file is needed, not a list. Run the command once for each.";

    public static string FileExists(string path) =>
        Text($"{path} already exists. Overwrite it with -Force, or choose another path.");

    public static string NotCopyTarget(string path, string type) =>
        Text($"{path} is a {FileKind(type)}. Bytes can be copied to regular files, block devices and regions.");

    public static string CopyNeedsRegion() =>
        "One side of a copy must be a region. To copy a file to a file use Copy-Item.";

    public static string CopyOntoItself(string path) =>
        Text(
            $"{path} is the region's own file, and the copy would truncate it. Choose another path, or give -DestinationOffset to move "
            + $"bytes within the file.");

    public static string HolesRefused(string subject, string reason) =>
        Text($"The zeros of {subject} take storage, because holes cannot be made in it: {reason}");

    public static string DestinationShort(string subject, long total, long offset, long length) =>
        Text(
            $"{Bytes(length)} cannot be copied to offset {offset} of {subject}, which has {Bytes(total)}. Give -Length, or make it longer "
            + $"with Resize-MemoryMap.");

    public static string WriteFailed(string path, long at, string reason) => Text($"Cannot write offset {at} of {path}: {reason}");

    public static string FileFull(string path, long at) =>
        Text($"Cannot write offset {at} of {path}: the file system is full or a quota is used up. Make room there first.");

    public static string ClearValueAndDeallocate() =>
        "-Deallocate leaves zeros, so -Value cannot be given with it. Leave one of them out.";

    public static string DeallocateFellBack(string subject, string reason) =>
        Text($"{subject} was overwritten with zeros, because its storage cannot be given back: {reason}");

    public static string PrivateKeepsFile() => "it is mapped with -Sharing Private, which never changes the file.";

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

    public static string ReplacementNeeded() => "Give -Replacement or -ReplacementHex: the bytes that replace each match.";

    public static string ActionCopy(long count, string subject) => Text($"Copy {Bytes(count)} from {subject}");

    public static string ActionClear(long count) => Text($"Fill {Bytes(count)} with zeros");

    public static string ActionFill(long count, string value) => Text($"Fill {Bytes(count)} with {value}");

    public static string ActionDeallocate(long count) => Text($"Fill {Bytes(count)} with zeros and give the storage back");

    public static string ActionReplace(string before, string after) => Text($"Replace {before} with {after}");
}
