namespace MmapPS.Resources;

/// <content>Copying and clearing.</content>
internal static partial class Messages
{
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

    public static string DeviceFull(string path, long length) =>
        Text($"Cannot write past the end of {path}, a device of {Bytes(length)}. Give a smaller -Length or -DestinationOffset.");

    public static string ClearValueAndDeallocate() =>
        "-Deallocate leaves zeros, so -Value cannot be given with it. Leave one of them out.";

    public static string DeallocateFellBack(string subject, string reason) =>
        Text($"{subject} was overwritten with zeros, because its storage cannot be given back: {reason}");

    public static string PrivateKeepsFile() => "it is mapped with -Sharing Private, which never changes the file.";

    public static string ActionCopy(long count, string subject) => Text($"Copy {Bytes(count)} from {subject}");

    public static string ActionClear(long count) => Text($"Fill {Bytes(count)} with zeros");

    public static string ActionFill(long count, string value) => Text($"Fill {Bytes(count)} with {value}");

    public static string ActionDeallocate(long count) => Text($"Fill {Bytes(count)} with zeros and give the storage back");
}
