using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace MmapPS.Resources;

/// <summary>
/// All text for users, one method each, so that the compiler checks every argument. A message has the numbers that
/// matter and says what to do next.
/// </summary>
internal static partial class Messages
{
    public static string AnonymousMemory() => "anonymous memory";

    public static string AnonymousRegion(long id) => Text($"anonymous region {id}");

    public static string Buffer() => "the buffer";

    public static string RegionText(string subject, long offset, long length) => Text($"{subject} [{offset}, {Bytes(length)}]");

    // Ranges and values

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

    public static string ExtendNeedsWrite(string path, string protection) =>
        Text(
            $"-Extend makes {path} longer, but -Protection {protection} does not allow writing. Map it with -Protection Read,Write, or "
            + $"leave -Extend out.");

    public static string DeviceNeedsLength(string path) =>
        Text($"{path} is a device without an end. Give -Length: the number of bytes to map.");

    public static string AddressSpace(string subject, long length) =>
        Text($"Length {length} is more than can be mapped of {subject}.");

    public static string AddressOutside(long address) =>
        Text($"Address {address} is not valid for a region. Give a positive address, or leave -Address and -Fixed out.");

    public static string AddressUnaligned(long address, long granularity, long nearest) =>
        Text(
            $"The region cannot start exactly at address 0x{address:x}: its offset within a page of {Bytes(granularity)} must be "
            + $"that of -Offset. The nearest address below is 0x{nearest:x}.");

    public static string ArrayTooLong(long count, long maximum) =>
        Text(
            $"{Bytes(count)} do not fit into one array, which holds at most {maximum}. Read in parts with -Offset and -Length, or use "
            + $"the region's OpenStream().");

    public static string TextTooLong(long count, long maximum) =>
        Text(
            $"The text of {Bytes(count)} does not fit into one string, which holds at most {maximum} characters. Read in parts with "
            + $"-Offset and -Length, or use a StreamReader over the region's OpenStream().");

    public static string SeekOutside(long start, long offset) =>
        Text($"A stream cannot seek to {Bytes(offset)} from {start}: that is before its start or past 64 bits.");

    public static string StreamLengthFixed() => "The length of a region's stream is fixed: it is the length of the region.";

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

    // Access

    public static string RegionClosed(string subject, int id, RegionKind kind)
    {
        string next = kind switch
        {
            RegionKind.File or RegionKind.Device => "New-MemoryMap maps it again.",
            RegionKind.Named => "New-MemoryMap -Name opens the memory again as long as its name exists.",
            _ => "Its bytes are gone; New-MemoryMap makes new memory.",
        };
        return Text($"Region {id} of {subject} was removed. {next}");
    }

    public static string RegionNotFound(string text) =>
        Text($"No open region has the path or name '{Shorten(text)}'. Get-MemoryMap lists the open ones.");

    public static string RegionUnknown(int id) =>
        Text($"There is no open region with Id {id}. Get-MemoryMap lists the open ones.");

    public static string NotReadable(string subject, string protection) =>
        Text($"{subject} is mapped with -Protection {protection}, which does not allow reading. Map it with Read.");

    public static string NotWritable(string subject, string protection) =>
        Text($"{subject} is mapped with -Protection {protection}, which does not allow writing. Map it with Read,Write.");

    public static string PageFault(string subject, long at, long fileOffset, long? fileLength, long done, long wanted, bool writing)
    {
        string reason = fileLength switch
        {
            null => "the page cannot be reached",
            long length when fileOffset >= length =>
                Text($"the file was truncated and has {Bytes(length)} now, this byte is at {fileOffset}"),
            long length => Text($"the page cannot be reached although the file has {Bytes(length)}"),
        };
        return Text($"Cannot {(writing ? "write" : "read")} offset {at} of {subject}: {reason}. {Progress(done, wanted, writing)}");
    }

    public static string StorageFailed(string subject, long at, long done, long wanted, bool writing) =>
        Text(
            $"Cannot {(writing ? "write" : "read")} offset {at} of {subject}: the storage behind it failed (EIO). "
            + $"{Progress(done, wanted, writing)}");

    public static string NoSpaceToWrite(string subject, long at, long done, long wanted) =>
        Text(
            $"Cannot write offset {at} of {subject}: the file system is full. {Progress(done, wanted, writing: true)} Make room and "
            + $"write again. Set-MemoryMapAdvice PopulateWrite allocates the storage of holes beforehand.");

    // Files

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

    public static string NoMemoryToMap(string subject, long length, bool reserves) =>
        Text(
            $"The {Bytes(length)} of {subject} cannot be mapped: there is not enough memory, or no free range of addresses in this "
            + $"process. Give a smaller -Length{(reserves ? ", or map with -Option NoReserve to use few of them" : string.Empty)}.");

    public static string FileWithoutEnd(string path) =>
        Text($"{path} has no length and no bytes to map: the system generates it as it is read.");

    public static string DeviceCannotGrow(string path) =>
        Text($"{path} is a device and cannot be made longer.");

    public static string NoSpaceToGrow(string subject, long oldLength, long length) =>
        Text(
            $"{subject} cannot grow from {oldLength} to {Bytes(length)}: the file system is full or a quota is used up. Free "
            + $"{Bytes(length - oldLength)}.");

    public static string NoSpaceToPopulate(string subject, long length) =>
        Text($"The {Bytes(length)} of {subject} cannot be brought into memory: the file has holes and its file system is full.");

    public static string FileSizeLimit(string subject, long length, long limit) =>
        Text(
            $"{subject} cannot grow to {Bytes(length)}: RLIMIT_FSIZE allows this process files of {Bytes(limit)}. Raise it with "
            + $"ulimit -f.");

    // Mapping

    public static string SystemNotSupported(string system, string architecture) =>
        Text($"MmapPS does not run on {system} ({architecture}) yet. It runs on Linux, Windows and macOS in 64-bit processes.");

    public static string SystemError(string function, string subject, string name, string text) =>
        Text($"{function} failed for {subject}: {text} ({name}).");

    public static string CopyOnWrite() =>
        "CopyOnWrite is not a protection. Map with -Protection Read,Write -Sharing Private: changes then stay with this process.";

    public static string MapDenied(string subject, string protection, string sharing) =>
        Text(
            $"The system refused to map {subject} with -Protection {protection} -Sharing {sharing}: the file's permissions or its "
            + $"file system's mount options do not allow it.");

    public static string AddressTaken(long address, long length) =>
        Text(
            $"Something is already mapped within the {Bytes(length)} from address 0x{address:x} on. Choose another -Address, or leave "
            + $"-Fixed out to let the system choose.");

    public static string PopulateFailed(string subject, long length, string name) =>
        Text(
            $"The {Bytes(length)} of {subject} cannot all be brought into memory ({name}): pages are gone, unreadable, or there is not "
            + $"enough memory.");

    public static string SyncNeedsSharedFile(string subject) =>
        Text(
            $"{subject} cannot be mapped with -Option Sync: that needs a shared mapping of a file on persistent memory (DAX). Leave "
            + $"it out and use Sync-MemoryMap.");

    public static string HugePagesNeedPool(string subject) =>
        Text(
            $"{subject} cannot be mapped with -Option HugePages: a file must be on hugetlbfs for that, and then needs no option. Use "
            + $"-Anonymous for huge pages of the pool.");

    public static string HugePageSizeUnknown(long size, IReadOnlyList<long> sizes) => sizes.Count == 0
        ? Text($"This kernel has no huge pages, so none of {Bytes(size)}.")
        : Text($"This kernel has no huge pages of {Bytes(size)}. It has {string.Join(", ", sizes.Select(Invariant))}.");

    public static string UninitializedIgnored() =>
        "-Option Uninitialized was passed on, but kernels with a memory management unit ignore it: the memory is zeroed.";

    public static string UninitializedUnknown(string system) =>
        Text($"-Option Uninitialized has no effect: {system} zeroes all memory.");

    public static string OptionUnknown(string subject, MapOptions options, string system) =>
        Text($"{subject} cannot be mapped with -Option {options}: {system} does not have it. Leave it out.");

    public static string GrowsDownUnknown(string subject, string system) =>
        Text(
            $"{subject} cannot be mapped with -Option GrowsDown: on {system} only the stacks of threads grow by themselves. Map "
            + $"the largest length that you need.");

    public static string SyncUnknown(string subject, string system) =>
        Text(
            $"{subject} cannot be mapped with -Option Sync: {system} has no mappings that are durable by themselves. Leave it out and "
            + $"use Sync-MemoryMap.");

    public static string NoReserveUnknown(string subject, string system) =>
        Text(
            $"{subject} cannot be mapped with -Option NoReserve: {system} reserves the storage of memory when it maps it. Map a file "
            + $"with -Sharing Shared, which reserves nothing, or leave the option out.");

    public static string HugePagesNeedMemory(string subject, string system) =>
        Text($"{subject} cannot be mapped with -Option HugePages: {system} has no huge pages for files. Leave it out, or use -Anonymous.");

    public static string PrivateNotSynced(string subject) =>
        Text($"{subject} is mapped with -Sharing Private: its changes are never written to the file.");

    public static string NoSpaceToSync(string subject) =>
        Text(
            $"The changes of {subject} cannot be written back: the file system is full or a quota is used up. Make room and "
            + $"synchronize again; until then they are only in memory.");

    public static string SyncFailed(string function, string subject, string name, string text) =>
        Text(
            $"{function} failed for {subject}: {text} ({name}). Its changes may be in memory only. Repair the storage or free space "
            + $"on it, and synchronize again.");

    public static string ChangesForgotten(string reason) =>
        Text(
            $"An earlier write-back failed, and its changes cannot be marked to be written again: {reason} Until they can be, nothing "
            + $"here is durable. Or write the bytes again through a new region and synchronize that one.");

    public static string SyncNeedsWriting(string subject) =>
        Text($"{subject} cannot be made durable: this system flushes a file only if it is opened for writing.");

    public static string InvalidateLocked(string subject) =>
        Text(
            $"Other mappings of {subject} cannot be invalidated while its pages are locked in memory (EBUSY). Unlock them first, or "
            + $"leave -Invalidate out.");

    // Limits

    public static string LockLimit(string subject, long length, long limit) =>
        Text(
            $"The {Bytes(length)} of {subject} cannot be locked: RLIMIT_MEMLOCK allows this process {Bytes(limit)} of locked memory. "
            + $"Raise it with ulimit -l or in /etc/security/limits.conf, or grant CAP_IPC_LOCK.");

    public static string HugePagePool(string subject, long pages, long pageSize, long free, long total, string pool) =>
        Text(
            $"{subject} needs {Count(pages, "huge page")} of {Bytes(pageSize)}, and the hugepage pool has {free} free of {total}. Enlarge "
            + $"it as root: echo {total - free + pages} > {pool}/nr_hugepages");

    public static string MapCount(string subject, long count, long maximum, long reserve) =>
        Text(
            $"{subject} cannot be mapped: this process has {Count(count, "mapping")}, and vm.max_map_count allows {maximum}, "
            + $"of which {reserve} are reserved for the runtime. Remove regions, or raise it as root with sysctl -w vm.max_map_count=N.");

    public static string AddressSpaceLimit(string subject, long length, long limit) =>
        Text(
            $"The {Bytes(length)} of {subject} cannot be mapped: RLIMIT_AS allows this process {Bytes(limit)} of address space. Raise "
            + $"it with ulimit -v.");

    public static string WorkingSetLimit(string subject, long length, long minimum) =>
        Text(
            $"The {Bytes(length)} of {subject} cannot be locked: the minimum working set of this process is {Bytes(minimum)} and cannot "
            + $"be raised that far. Close other programs, or grant the user 'Increase a process working set' "
            + $"(SeIncreaseWorkingSetPrivilege).");

    public static string LargePagePrivilege(string subject) =>
        Text(
            $"{subject} cannot have huge pages: this process does not hold SeLockMemoryPrivilege. Grant the user 'Lock pages in "
            + $"memory' (secpol.msc, Local Policies, User Rights Assignment), log on again and run elevated.");

    public static string LargePageMemory(string subject, long length, long pageSize) =>
        Text(
            $"{subject} needs {Count(length / pageSize, "huge page")} of {Bytes(pageSize)}, and that much contiguous memory is not "
            + $"free. Close other programs, or restart the machine.");

    public static string CommitLimit(string subject, long length) =>
        Text(
            $"The {Bytes(length)} of {subject} cannot be mapped: the system's commit limit, memory and paging files together, is "
            + $"reached. Close other programs, or enlarge the paging file.");

    public static string OpenFileLimit(string subject, string name) => name == "ENFILE"
        ? Text($"{subject} cannot be opened: the system has reached its limit of open files, fs.file-max (ENFILE). Close other programs.")
        : Text(
            $"{subject} cannot be opened: this process has reached its limit of open files (EMFILE). Remove regions of files, close "
            + $"files, or raise the limit with ulimit -n before you start PowerShell.");

    public static string NoCopyPipe() =>
        "No pipe could be opened to copy memory through. Close some open files, or raise ulimit -n.";

    // Questions and progress

    public static string ActionMap() => "Map into memory";

    public static string ActionCreate(decimal end) => Text($"Create with {Bytes(end)} if missing and map into memory");

    public static string ActionExtend(decimal end) => Text($"Extend to {Bytes(end)} if shorter and map into memory");

    public static string ActionWrite(long count) => Text($"Write {Bytes(count)}");

    public static string NobodyAnswers() =>
        "Standard input has ended, so this question cannot be answered. Add -Confirm:$false to go on without a question.";

    public static string ActionWriteStream() => "Write the bytes of the pipeline";

    public static string ActionSync() => "Write back to the file";

    public static string ActionRemove() => "Unmap";

    public static string TargetRange(string subject, long offset, long length) =>
        Text($"{subject}, offset {offset}, length {length}");

    public static string TargetRest(string subject, long offset) =>
        Text($"{subject}, from offset {offset} to its end");

    public static string ProgressStatus(long done, long total, double bytesPerSecond) =>
        Text($"{Size(done)} of {Size(total)}, {Size((long)bytesPerSecond)}/s");

    /// <summary>A size in bytes, rounded for people.</summary>
    public static string Size(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return unit == 0 ? Text($"{bytes} B") : Text($"{value:0.0} {units[unit]}");
    }

    /// <summary>The same, followed by the exact number.</summary>
    public static string SizeInFull(long bytes) => bytes is > -1024 and < 1024 ? Size(bytes) : Text($"{Size(bytes)} ({Bytes(bytes)})");

    public static string StateOpen() => "Open";

    public static string StateRemoved() => "Removed";

    private static string FileKind(string type) => type switch
    {
        "CharacterDevice" => "character device",
        "BlockDevice" => "block device",
        _ => type.ToLowerInvariant(),
    };

    private static string Progress(long done, long wanted, bool writing) =>
        Text($"{done} of {Bytes(wanted)} {Was(wanted == 1 ? 1 : done)} {(writing ? "written" : "read")} before it.");

    private static string Bytes(decimal number) => Count(number, "byte");

    /// <summary>A number and its noun: "1 page", "2 pages".</summary>
    private static string Count(decimal number, string noun) => Text($"{number} {noun}{(number == 1 ? string.Empty : "s")}");

    private static string Was(long number) => number == 1 ? "was" : "were";

    private static string Shorten(string text) => text.Length <= 60 ? text : text.Substring(0, 57) + "...";

    private static string Invariant(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(InvariantText text) => text.ToString();
}
