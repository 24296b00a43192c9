namespace MmapPS.Resources;

/// <content>Texts about changing mappings, and about memory with a name.</content>
internal static partial class Messages
{
    public static string NoLockOnFault() =>
        "This kernel cannot lock pages as they are used (mlock2). Leave -OnFault out to lock all of them now.";

    public static string NoSecret() => "This system has no secret memory. Use -Anonymous -Option Locked.";

    public static string SecretTakesNoOptions() =>
        "-Secret memory is always private, locked, readable and writable, at an address that the system chooses. Leave other options out; "
        + "Protect-MemoryMap changes its protection.";

    public static string NoNames() => "This system has no named shared memory. Map a file with New-MemoryMap -Path instead.";

    public static string NoUnlink() => "On this system a name disappears with its last region. Remove all regions that have it mapped.";

    public static string NoNameList() =>
        "This system does not list the names of shared memory. Get-MemoryMap -Name without -All lists the open regions.";

    public static string NameInvalid(string name, int longest) =>
        Text($"'{Shorten(name)}' is not a valid name for shared memory. Give 1 to {longest} UTF-8 bytes without slash, backslash or zero.");

    public static string NameNotFound(string name) =>
        Text($"There is no shared memory named '{name}'. Create it with New-MemoryMap -Name and -Length.");

    public static string NameDenied(string name) =>
        Text($"Access to the shared memory '{name}' is denied: it belongs to another user, or a link has its place.");

    public static string NameNotOwned(string name, long owner) =>
        Text($"The shared memory '{name}' belongs to user {owner}, not to this one, so it is not opened. Use another name.");

    public static string NameNotMemory(string name, string type) =>
        Text($"'{name}' exists but is a {FileKind(type)}, not shared memory, so it is not opened. Use another name.");

    public static string NameLengthMismatch(string name, long length, long wanted) =>
        Text(
            $"The shared memory '{name}' has {Bytes(length)}, not {wanted}. Leave -Length out to map all of it, give -Offset too to "
            + $"map a part, or remove it first with Remove-MemoryMap -Unlink.");

    public static string NameExists(string name, long length) =>
        Text(
            $"The shared memory '{name}' already exists, with {Bytes(length)}. Leave -Create out to map it, or remove its name first with "
            + $"Remove-MemoryMap -Unlink.");

    public static string NameEmpty(string name) =>
        Text($"The shared memory '{name}' has no bytes yet. Give its length with -Length.");

    public static string UnlinkNeedsName(string subject) =>
        Text($"-Unlink removes the name of shared memory, but {subject} has none. To delete a file use Remove-Item.");

    public static string ProtectDenied(string subject, string protection) =>
        Text(
            $"{subject} cannot be given -Protection {protection}: its file was opened with fewer permissions, or its file system "
            + $"forbids it. Map it again with that protection.");

    public static string WriteAndExecute(string subject) =>
        Text($"{subject} may now be both written and executed, which makes an attack easier. Give Write and Execute one after the other.");

    public static string RangeRounded(string subject, long offset, long length, long start, long rounded, long pageSize) =>
        Text(
            $"{subject}: offset {offset} with length {length} was rounded to whole pages of {Bytes(pageSize)}: offset {start} with "
            + $"length {rounded}.");

    public static string RangeNotReadable(string subject, long at) =>
        Text($"Offset {at} of {subject} may not be read. Allow it with Protect-MemoryMap -Protection Read.");

    public static string RangeNotWritable(string subject, long at) =>
        Text($"Offset {at} of {subject} may not be written. Allow it with Protect-MemoryMap -Protection Read,Write.");

    public static string HugeNotResizable(string subject) =>
        Text($"{subject} is made of huge pages, which cannot be resized. Map another region and copy.");

    public static string RegionEmptied(string subject, string reason) =>
        Text($"{reason} {subject} was unmapped to truncate its file, and its region is empty now. Give it a length with Resize-MemoryMap.");

    public static string PiecesNotResizable(string subject) =>
        Text(
            $"{subject} has parts with different protection, locking or advice, so it cannot be resized as a whole. Make them alike "
            + $"first.");

    public static string SharedMemoryNotGrowable(string subject) =>
        Text($"{subject} is shared memory of fixed length, which cannot grow. Map it with -Sharing Private, or by -Name or -Path.");

    public static string SecretNotResizable(string subject) =>
        Text($"{subject} is secret memory, which is never given back in parts. Map another -Secret region and copy.");

    public static string SecretStaysLocked(string subject) =>
        Text($"{subject} is secret memory, which stays locked until it is removed. Use Remove-MemoryMap.");

    public static string MachineMemoryLimit(string subject, long length, long available, bool locked) =>
        Text(
            $"The {Bytes(length)} of {subject} cannot be kept in memory: this machine has {Bytes(available)} available, "
            + $"{(locked ? "and these are never swapped" : "swap included")}. Give a smaller -Length, or close other programs.");

    public static string GroupMemoryLimit(string subject, long length, long available, long limit, string file, bool locked) =>
        Text(
            $"The {Bytes(length)} of {subject} cannot be kept in memory: the control group of this process may use {Bytes(limit)} and has "
            + $"{available} left, {(locked ? "and these are never swapped" : "swap included")}. Give a smaller -Length, or raise {file}.");

    public static string LengthDenied(string subject) =>
        Text(
            $"The length of {subject} may not be changed: the file is immutable, append-only or sealed. lsattr shows it, and chattr -i "
            + $"or -a clears it.");

    public static string DeviceNotResizable(string subject) =>
        Text($"{subject} is a device; its region cannot be resized. Map it again with another -Length.");

    public static string PrivateBeyondFile(string subject, long offset, long length, long fileLength) =>
        Text(
            $"{subject} is mapped with -Sharing Private, which never changes the file: offset {offset} with {Bytes(length)} would end "
            + $"past the file's {Bytes(fileLength)}.");

    public static string GrowNeedsWrite(string subject) =>
        Text($"{subject} was opened for reading only, so its file cannot be made longer or shorter. Map it with -Protection Read,Write.");

    public static string TruncateNeedsFile(string subject) =>
        Text($"-TruncateFile shortens the file behind a shared region, but {subject} is not one.");

    public static string NoFileToReach(string subject) =>
        Text($"-ToFile gives a region the length of its file, but {subject} has no file with a length. Give -Length.");

    public static string ActionProtect(string protection) => Text($"Set protection to {protection}");

    public static string ActionResize(long length) => Text($"Resize to {Bytes(length)}");

    public static string ActionResizeAndTruncate(long length, decimal end) =>
        Text($"Resize to {Bytes(length)} and truncate the file to {Bytes(end)}");

    public static string ActionLock() => "Lock in memory";

    public static string ActionUnlock() => "Unlock";

    public static string ActionUnlink(string name) => Text($"Unmap and remove the name '{name}'");
}
