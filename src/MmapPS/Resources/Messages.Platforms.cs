namespace MmapPS.Resources;

/// <content>Texts about what a system other than Linux cannot do.</content>
internal static partial class Messages
{
    public static string FixedNotResizable(string subject, string system) =>
        Text($"{subject} was mapped with -Fixed and cannot grow at its address on {system}. Map it without -Fixed, or longer.");

    public static string FixedCannotGrow(string subject, long address, long length) =>
        Text(
            $"{subject} was mapped with -Fixed, so it cannot move, and other memory lies within the {Bytes(length)} from its address "
            + $"0x{address:x} on. Remove that memory, or map the region again without -Fixed.");

    public static string PrivateNotResizable(string subject, string system) =>
        Text(
            $"{subject} is mapped with -Sharing Private, and {system} cannot resize such a mapping without losing its changes. "
            + $"Map it again with another -Length.");

    public static string LockOnFaultUnknown(string system) =>
        Text($"{system} cannot lock pages as they are used. Leave -OnFault out to lock all of them now.");

    public static string CacheUnknown(string path, string system) =>
        Text(
            $"{system} does not report which pages of {path} it keeps in memory. Map the file: Measure-MemoryMap then shows which "
            + $"pages of the region this process has. RAMMap of Sysinternals shows the whole machine's.");

    public static string ProcessDeniedOnWindows(int id) =>
        Text(
            $"The mappings of process {id} are not shown to this user. Run as its user or as administrator; Windows protects some of "
            + $"its own processes from both.");

    public static string ProcessName(int id) => Text($"process {id}");

    public static string AdviceMissing(MemoryAdvice advice, string subject, string system) =>
        Text($"{system} has no call for advice {advice} on {subject}. {AdviceInstead(advice)}");

    public static string TruncateMapped(string subject, string system) =>
        Text($"The file of {subject} cannot be truncated: {system} does not shorten a mapped file. Remove its regions, then shorten it.");

    private static string AdviceInstead(MemoryAdvice advice) => advice switch
    {
        MemoryAdvice.Normal or MemoryAdvice.Random or MemoryAdvice.Sequential or MemoryAdvice.NoReuse
            => "It decides by itself how far to read ahead; WillNeed names a range that will be used soon.",
        MemoryAdvice.WillNeed => "PopulateRead reads the pages in.",
        MemoryAdvice.DontNeed => "Map the file again to lose a private region's changes; Free releases private memory.",
        MemoryAdvice.DontNeedLocked => "Unlock-MemoryMap first; Free releases private memory.",
        MemoryAdvice.GuardInstall => "Protect-MemoryMap -Protection None makes each use of a range an error.",
        MemoryAdvice.GuardRemove => "There are no guarded pages here.",
        MemoryAdvice.Remove => "Clear-MappedByte overwrites the range with zeros.",
        MemoryAdvice.PageOut => "Sync-MemoryMap writes the pages back, and Cold lets their memory be taken first.",
        MemoryAdvice.PopulateWrite =>
            "PopulateRead brings the pages in, and New-MemoryMap -Extend allocates the storage of new bytes beforehand.",
        MemoryAdvice.HugePage or MemoryAdvice.NoHugePage or MemoryAdvice.Collapse
            => "New-MemoryMap -Anonymous -Option HugePages maps memory of large pages.",
        MemoryAdvice.Mergeable or MemoryAdvice.Unmergeable => "New-MemoryMap -Name gives processes the same pages.",
        MemoryAdvice.DontDump or MemoryAdvice.DoDump => "New-MemoryMap -Secret keeps memory out of dumps.",
        MemoryAdvice.DontFork or MemoryAdvice.DoFork or MemoryAdvice.WipeOnFork or MemoryAdvice.KeepOnFork
            => "A new process gets none of its parent's memory on this system.",
        _ => "The system drops unused pages of a file by itself when memory runs short.",
    };
}
