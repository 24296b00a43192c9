namespace MmapPS.Resources;

/// <content>Faults, durability, locks, advice and residency.</content>
internal static partial class Messages
{
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

    public static string NoSpaceToPopulate(string subject, long length) =>
        Text($"The {Bytes(length)} of {subject} cannot be brought into memory: the file has holes and its file system is full.");

    public static string PopulateFailed(string subject, long length, string name) =>
        Text(
            $"The {Bytes(length)} of {subject} cannot all be brought into memory ({name}): pages are gone, unreadable, or there is not "
            + $"enough memory.");

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

    public static string LockLimit(string subject, long length, long limit) =>
        Text(
            $"The {Bytes(length)} of {subject} cannot be locked: RLIMIT_MEMLOCK allows this process {Bytes(limit)} of locked memory. "
            + $"Raise it with ulimit -l or in /etc/security/limits.conf, or grant CAP_IPC_LOCK.");

    public static string NoCopyPipe() =>
        "No pipe could be opened to copy memory through. Close some open files, or raise ulimit -n.";

    public static string ActionSync() => "Write back to the file";

    public static string ResidencyDenied(string path) =>
        Text(
            $"Only a user who owns {path} or may write it can see which of its pages are in memory; the system tells others that all "
            + $"are. Run as its owner or as root.");

    public static string PoolFileResidency(string path) =>
        Text($"{path} is on hugetlbfs, where every page that was ever used stays in memory. Map it and measure the region.");

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

    public static string NoLockOnFault() =>
        "This kernel cannot lock pages as they are used (mlock2). Leave -OnFault out to lock all of them now.";

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

    public static string ActionLock() => "Lock in memory";

    public static string ActionUnlock() => "Unlock";

    public static string LockOnFaultUnknown(string system) =>
        Text($"{system} cannot lock pages as they are used. Leave -OnFault out to lock all of them now.");

    public static string CacheUnknown(string path, string system) =>
        Text(
            $"{system} does not report which pages of {path} it keeps in memory. Map the file: Measure-MemoryMap then shows which "
            + $"pages of the region this process has. RAMMap of Sysinternals shows the whole machine's.");

    public static string AdviceMissing(MemoryAdvice advice, string subject, string system) =>
        Text($"{system} has no call for advice {advice} on {subject}. {AdviceInstead(advice)}");

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
