namespace MmapPS.Resources;

/// <content>Texts about changing mappings, and about memory with a name.</content>
internal static partial class Messages
{
    public static string NoLockOnFault() =>
        "This kernel cannot lock pages as they are used (mlock2). Leave -OnFault out to lock all of them now.";

    public static string NoSecret() => "This system has no secret memory. Use -Anonymous -Option Locked.";

    public static string SecretTakesNoOptions() =>
        "-Secret memory is private, locked, readable and writable, where the system puts it. Leave other options out; "
        + "Protect-MemoryMap changes its protection.";

    public static string NoNames() => "This system has no shared memory by name. Map a file with New-MemoryMap -Path instead.";

    public static string NoUnlink() => "On this system a name goes with its last region. Remove all regions that have it mapped.";

    public static string NoNameList() =>
        "This system does not list the names of shared memory. Get-MemoryMap -Name without -All lists the open regions.";

    public static string NameInvalid(string name, int longest) =>
        Text($"'{Shorten(name)}' is no name for shared memory. Give 1 to {longest} bytes of UTF-8 without slash, backslash or zero.");

    public static string NameNotFound(string name) =>
        Text($"There is no shared memory named '{name}'. Make it with New-MemoryMap -Name and -Length.");

    public static string NameDenied(string name) =>
        Text($"Access to the shared memory '{name}' is denied: it belongs to another user, or a link stands in its place.");

    public static string NameNotOwned(string name, long owner) =>
        Text($"The shared memory '{name}' belongs to user {owner} and not to this one, so it is not opened. Use another name.");

    public static string NameNotMemory(string name, string type) =>
        Text($"In the place of the shared memory '{name}' stands a {FileKind(type)}, so it is not opened. Use another name.");

    public static string NameLengthMismatch(string name, long length, long wanted) =>
        Text(
            $"The shared memory '{name}' has {length} bytes and not {wanted}. Leave -Length out to map all of it, give -Offset too to "
            + $"map a part, or remove it first with Remove-MemoryMap -Unlink.");

    public static string NameExists(string name, long length) =>
        Text(
            $"The shared memory '{name}' is there already, with {length} bytes. Leave -Create out to map it, or remove its name first with "
            + $"Remove-MemoryMap -Unlink.");

    public static string NameEmpty(string name) =>
        Text($"The shared memory '{name}' has no bytes yet. Say with -Length how many it shall have.");

    public static string UnlinkNeedsName(string subject) =>
        Text($"-Unlink removes the name of shared memory, and {subject} has none. To delete a file use Remove-Item.");

    public static string ProtectDenied(string subject, string protection) =>
        Text(
            $"{subject} cannot be given -Protection {protection}: its file was opened for less, or is on a file system that forbids "
            + $"it. Map it again with that protection.");

    public static string WriteAndExecute(string subject) =>
        Text($"{subject} may now be both written and executed, which makes an attack easier. Give Write and Execute one after the other.");

    public static string RangeRounded(string subject, long offset, long length, long start, long rounded, long pageSize) =>
        Text(
            $"{subject}: offset {offset} with length {length} was rounded to whole pages of {pageSize} bytes: offset {start} with "
            + $"length {rounded}.");

    public static string RangeNotReadable(string subject, long at) =>
        Text($"Offset {at} of {subject} may not be read. Allow it with Protect-MemoryMap -Protection Read.");

    public static string RangeNotWritable(string subject, long at) =>
        Text($"Offset {at} of {subject} may not be written. Allow it with Protect-MemoryMap -Protection Read,Write.");

    public static string HugeNotResizable(string subject) =>
        Text($"{subject} is made of huge pages, which cannot be resized. Map another region and copy.");

    public static string RegionEmptied(string subject, string reason) =>
        Text($"{reason} {subject} was unmapped to cut its file off, and its region is empty now. Give it a length with Resize-MemoryMap.");

    public static string PiecesNotResizable(string subject) =>
        Text(
            $"{subject} has parts with different protection, locking or advice, so it cannot be resized as a whole. Make them alike "
            + $"first.");

    public static string SharedMemoryNotGrowable(string subject) =>
        Text($"{subject} is shared memory of fixed length, which cannot grow. Map it with -Sharing Private, or by -Name or -Path.");

    public static string SecretNotResizable(string subject) =>
        Text($"{subject} is secret, which is never given back in parts. Map another -Secret region and copy.");

    public static string SecretStaysLocked(string subject) =>
        Text($"{subject} is secret, which stays locked in memory until it is removed. Use Remove-MemoryMap.");

    public static string MachineMemoryLimit(string subject, long length, long available, bool locked) =>
        Text(
            $"The {length} bytes of {subject} cannot be kept in memory: this machine has {available} bytes available, "
            + $"{(locked ? "and these are never swapped" : "swap included")}. Give a smaller -Length, or end what uses memory.");

    public static string GroupMemoryLimit(string subject, long length, long available, long limit, string file, bool locked) =>
        Text(
            $"The {length} bytes of {subject} cannot be kept in memory: the control group of this process may have {limit} bytes and has "
            + $"{available} left, {(locked ? "and these are never swapped" : "swap included")}. Give a smaller -Length, or raise {file}.");

    public static string LengthDenied(string subject) =>
        Text(
            $"The length of {subject} may not be changed: the file is immutable, append-only or sealed. lsattr tells, and chattr -i or "
            + $"-a allows it.");

    public static string DeviceNotResizable(string subject) =>
        Text($"{subject} is a device; its region cannot be resized. Map it again with another -Length.");

    public static string PrivateBeyondFile(string subject, long offset, long length, long fileLength) =>
        Text(
            $"{subject} is mapped with -Sharing Private, which never changes the file: offset {offset} with {length} bytes would end "
            + $"behind the file's {fileLength} bytes.");

    public static string GrowNeedsWrite(string subject) =>
        Text($"{subject} was opened for reading only, so its file cannot be made longer or shorter. Map it with -Protection Read,Write.");

    public static string TruncateNeedsFile(string subject) =>
        Text($"-TruncateFile shortens the file behind a shared region, and {subject} is none.");

    public static string NoFileToReach(string subject) =>
        Text($"-ToFile gives a region the length of its file, and {subject} has no file with an end. Give -Length.");

    public static string ActionProtect(string protection) => Text($"Set protection to {protection}");

    public static string ActionResize(long length) => Text($"Resize to {length} bytes");

    public static string ActionResizeAndTruncate(long length, decimal end) =>
        Text($"Resize to {length} bytes and cut the file off at {end} bytes");

    public static string ActionLock() => "Lock in memory";

    public static string ActionUnlock() => "Unlock";

    public static string ActionUnlink(string name) => Text($"Unmap and remove the name '{name}'");
}
