namespace MmapPS.Resources;

/// <content>Texts about measuring, advice and other processes' mappings.</content>
internal static partial class Messages
{
    public static string MissingHere(string what, string system, string instead) =>
        Text($"{what} is not available on {system}. {instead}");

    // Ranges

    public static string RangeInvalid(string text) =>
        Text(
            $"'{Shorten(text)}' is not a valid range. Give offset and length in bytes as in '0+8192,16384+4096', like ResidentRange of "
            + $"Measure-MemoryMap.");

    public static string RangeAndOffset() =>
        "-Range replaces -Offset and -Length. Give one or the other.";

    // Processes

    public static string ProcessUnknown(int id) =>
        Text($"There is no process {id}. Check the number; the process may have ended.");

    public static string ProcessNone() =>
        "This process object has no process: it was closed, or never started. Give a number with -ProcessId.";

    public static string ProcessDenied(int id) =>
        Text(
            $"The mappings of process {id} are not shown to this user. Run as its user or as root. A container or ptrace_scope may "
            + $"hide them too.");

    public static string ProcessSizesMissing(int id) =>
        Text(
            $"This kernel does not report the sizes of the mappings of process {id}: it was built without CONFIG_PROC_PAGE_MONITOR. "
            + $"pmap shows their addresses.");

    // Residency

    public static string ResidencyDenied(string path) =>
        Text(
            $"Only a user who owns {path} or may write it can see which of its pages are in memory; the system tells others that all "
            + $"are. Run as its owner or as root.");

    public static string PoolFileResidency(string path) =>
        Text($"{path} is on hugetlbfs, where every page that was ever used stays in memory. Map it and measure the region.");

    public static string DirectoryGiven(string path) =>
        Text($"{path} is a directory. Give the files in it, from the pipeline: Get-ChildItem -Recurse -LiteralPath {path} | ...");

    public static string MeasuredBefore(string path, string first) =>
        Text($"{path} is another name of {first}, which is already measured.");

    // Advice

    public static string AdviceUnknown(MemoryAdvice advice, string system) =>
        Text($"{system} does not know advice {advice}. Set-MemoryMapAdvice -TestSupport lists what it knows.");

    public static string AdviceUnfit(MemoryAdvice advice, string subject, string system) =>
        Text(
            $"{system} does not take advice {advice} for {subject}: its kind (shared or private, file or anonymous, locked, huge "
            + $"pages, permissions, or the file system) does not allow it. {AdviceNeeds(advice)}");

    public static string AdviceForFiles(MemoryAdvice advice, string subject) =>
        Text($"Advice {advice} is not for mapped memory such as {subject}. {AdviceNeeds(advice)}");

    public static string AdviceForMemory(MemoryAdvice advice, string path) =>
        Text(
            $"Advice {advice} lasts only as long as a mapping or an open file, so for {path} it would end with this command. Map the "
            + $"file and give the advice to the region. Paths take WillNeed, PopulateRead and Evict.");

    public static string AdviceWouldLose(MemoryAdvice advice, string subject, long length) =>
        Text(
            $"Advice {advice} on {Bytes(length)} of {subject} would lose {AdviceLoss(advice)}. Nothing was done. Add -Force to do "
            + $"it.");

    public static string AdviceNeedsForce(MemoryAdvice advice, string subject) =>
        Text(
            $"Advice {advice} on {subject} would lose {AdviceLoss(advice)}, so New-MemoryMap does not take it, and nothing was mapped. "
            + $"To do it, use Set-MemoryMapAdvice -Force on the region.");

    public static string AdvicePageFault(MemoryAdvice advice, string subject) =>
        Text(
            $"Advice {advice} could not be followed for all of {subject}: pages are gone or unreadable, because the file was "
            + $"truncated, its storage failed, or no huge page is free.");

    public static string AdviceNoMemory(MemoryAdvice advice, string subject, string name) =>
        Text(
            $"Advice {advice} could not be followed for all of {subject}: there is not enough memory now ({name}). A limit of the "
            + $"control group may be reached; advise a smaller range or free memory.");

    public static string NoSpaceForAdvice(MemoryAdvice advice, string subject) =>
        Text($"Advice {advice} could not be followed for all of {subject}: the file has holes and its file system is full.");

    public static string AdviceNoWholePage(MemoryAdvice advice, string subject, long offset, long length, long pageSize) =>
        Text(
            $"Advice {advice} did nothing: there is no whole page of {Bytes(pageSize)} within offset {offset}, length {length} of "
            + $"{subject}.");

    public static string EvictLeft(string path, long left) =>
        Text(
            $"{Bytes(left)} of {path} are still in memory: pages that are mapped, locked or in use are not evicted, nor is a part of a "
            + $"larger block that the system keeps whole.");

    public static string ActionAdvise(MemoryAdvice advice) => Text($"Advise {advice}");

    public static string ActionAdviseLossy(MemoryAdvice advice) => Text($"Advise {advice}, losing {AdviceLoss(advice)}");

    private static string AdviceLoss(MemoryAdvice advice) => advice switch
    {
        MemoryAdvice.Remove => "the bytes: they become zero, in the file too where there is one",
        MemoryAdvice.Free => "the bytes: they become zero as soon as memory is needed elsewhere",
        _ => "all changes that were made in this private mapping",
    };

    private static string AdviceNeeds(MemoryAdvice advice) => advice switch
    {
        MemoryAdvice.Free or MemoryAdvice.WipeOnFork or MemoryAdvice.KeepOnFork => "It needs private anonymous memory.",
        MemoryAdvice.Remove => "It needs a shared, writable mapping of a file whose file system makes holes, or shared memory.",
        MemoryAdvice.DontNeed or MemoryAdvice.Cold or MemoryAdvice.PageOut => "It needs pages that are not locked.",
        MemoryAdvice.GuardInstall or MemoryAdvice.GuardRemove => "It needs ordinary pages that are not locked; of a file, Linux 6.15.",
        MemoryAdvice.DontNeedLocked => "It needs ordinary pages.",
        MemoryAdvice.HugePage => "It needs ordinary pages and transparent huge pages that are enabled.",
        MemoryAdvice.Collapse =>
            "It needs a whole huge page within the range, some of whose pages are in use, and transparent huge pages that are enabled.",
        MemoryAdvice.PopulateRead => "It needs a mapping that may be read.",
        MemoryAdvice.PopulateWrite => "It needs a mapping that may be written.",
        MemoryAdvice.Evict => "Remove the region and use Set-MemoryMapAdvice -Path; mapped pages are not evicted.",
        MemoryAdvice.NoReuse => "It needs a region of a file.",
        _ => string.Empty,
    };
}
