namespace MmapPS.Resources;

/// <content>Memory with a name.</content>
internal static partial class Messages
{
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

    public static string ActionUnlink(string name) => Text($"Unmap and remove the name '{name}'");
}
