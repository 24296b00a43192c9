namespace MmapPS.Resources;

/// <content>Paths, and opening and growing files.</content>
internal static partial class Messages
{
    public static string ExtendNeedsWrite(string path, string protection) =>
        Text(
            $"-Extend makes {path} longer, but -Protection {protection} does not allow writing. Map it with -Protection Read,Write, or "
            + $"leave -Extend out.");

    public static string DeviceNeedsLength(string path) =>
        Text($"{path} is a device without an end. Give -Length: the number of bytes to map.");

    public static string FileNotFound(string path, string hint) => Text($"There is no file {path}. {hint}");

    public static string CheckPath() => "Check the path.";

    public static string CheckPathOrCreate() => "Check the path, or create the file with -Create and -Length.";

    public static string ChooseOtherPath() => "Choose another path, or run as a user who may write there.";

    public static string MapForReading() => "Map it with -Protection Read, or with -Sharing Private to change a copy.";

    public static string FolderNotFound(string path) =>
        Text($"{path} cannot be created: its folder does not exist. Create the folder first.");

    public static string CreateDenied(string path) =>
        Text($"{path} cannot be created: this user may not write to its folder. Choose another folder.");

    public static string LinkToNothing(string path) =>
        Text($"{path} cannot be created: it is a link to a missing file, or another process has just created it. Give the link's target.");

    public static string PathInvalid(string path, string reason) =>
        Text($"'{path.Replace('\0', '?')}' leads to no file: {reason}");

    public static string PathHasZero() => "it contains a zero character, which no path can have.";

    public static string PatternInvalid() => "it is not a valid wildcard pattern. Use -LiteralPath if [ is part of the name.";

    public static string NothingMatches(string path) =>
        Text($"No file matches {path}, where [ ] match one of the characters inside. Use -LiteralPath for a file of that name.");

    public static string PathEmpty() => "it is empty. Give a path, or an item of Get-Item.";

    public static string NotFileSystem(string path, string provider) =>
        Text($"{path} is a path of the {provider} provider. Only files can be mapped.");

    public static string PathAccessDenied(string path) =>
        Text($"Access to {path} is denied: this user may not search one of its folders.");

    public static string ReadDenied(string path) =>
        Text($"Access to {path} is denied: this user may not read it. Run as its owner, or have the owner permit it.");

    public static string WriteDenied(string path, string hint) =>
        Text($"Access to {path} is denied: this user may not write it. {hint}");

    public static string ReadAndWriteDenied(string path) =>
        Text($"Access to {path} is denied: this user may neither read nor write it. Run as its owner, or have the owner permit it.");

    public static string OpenForbidden(string path) =>
        Text(
            $"Access to {path} is denied to every user (EPERM): it, or the folder to create it in, is immutable or append-only, or it is "
            + $"a locked device. lsattr shows these attributes, and chattr -i or -a clears them.");

    public static string LinkCircle(string path) =>
        Text($"{path} leads to no file: its links form a loop (ELOOP). Give the path of the file itself.");

    public static string FileIsRunning(string path, string hint) =>
        Text($"{path} cannot be opened for writing: it is a running program (ETXTBSY). {hint}");

    public static string PathTooLong(string path) =>
        Text($"'{Shorten(path)}' leads to no file: it has {path.Length} characters, more than the system allows in a name or path.");

    public static string NotMappable(string path, string type) =>
        Text(
            $"{path} is a {FileKind(type)}, which cannot be mapped. Map a regular file, a block device or a device that "
            + $"offers memory.");

    public static string DeviceNotMappable(string path) =>
        Text($"{path} cannot be mapped: its device or file system does not support it (ENODEV).");

    public static string FileSystemReadOnly(string path, string hint) =>
        Text($"{path} is on a read-only file system (EROFS). {hint}");

    public static string FileTooLong(string path, long length, long wanted) =>
        Text(
            $"{path} cannot grow from {length} to {Bytes(wanted)}: its file system does not allow a file that long (EFBIG). Give a smaller "
            + $"length or offset.");

    public static string FileWithoutEnd(string path) =>
        Text($"{path} has no length and no bytes to map: the system generates it as it is read.");

    public static string DeviceCannotGrow(string path) =>
        Text($"{path} is a device and cannot be made longer.");

    public static string NoSpaceToGrow(string subject, long oldLength, long length) =>
        Text(
            $"{subject} cannot grow from {oldLength} to {Bytes(length)}: the file system is full or a quota is used up. Free "
            + $"{Bytes(length - oldLength)}.");

    public static string FileSizeLimit(string subject, long length, long limit) =>
        Text(
            $"{subject} cannot grow to {Bytes(length)}: RLIMIT_FSIZE allows this process files of {Bytes(limit)}. Raise it with "
            + $"ulimit -f.");

    public static string OpenFileLimit(string subject, string name) => name == "ENFILE"
        ? Text($"{subject} cannot be opened: the system has reached its limit of open files, fs.file-max (ENFILE). Close other programs.")
        : Text(
            $"{subject} cannot be opened: this process has reached its limit of open files (EMFILE). Remove regions of files, close "
            + $"files, or raise the limit with ulimit -n before you start PowerShell.");

    public static string ValueNeeded() => "Files come from the pipeline, and no value to write. Give -Value, or give the file by -Path.";

    public static string OneFileNeeded() => "One region or file is needed, not a list. Run the command once for each.";

    public static string FileExists(string path) =>
        Text($"{path} already exists. Overwrite it with -Force, or choose another path.");

    public static string DirectoryGiven(string path) =>
        Text($"{path} is a directory. Give the files in it, from the pipeline: Get-ChildItem -Recurse -LiteralPath {path} | ...");

    public static string MeasuredBefore(string path, string first) =>
        Text($"{path} is another name of {first}, which is already measured.");

    public static string LengthDenied(string subject) =>
        Text(
            $"The length of {subject} may not be changed: the file is immutable, append-only or sealed. lsattr shows it, and chattr -i "
            + $"or -a clears it.");

    public static string GrowNeedsWrite(string subject) =>
        Text($"{subject} was opened for reading only, so its file cannot be made longer or shorter. Map it with -Protection Read,Write.");

    public static string TruncateMapped(string subject, string system) =>
        Text($"The file of {subject} cannot be truncated: {system} does not shorten a mapped file. Remove its regions, then shorten it.");
}
