using MmapPS.Native.Unix;
using static MmapPS.Native.Linux.LinuxConstants;

namespace MmapPS.Native.Linux;

/// <summary>Names of the numbers in calls, from the headers of Linux.</summary>
internal static class LinuxCallNames
{
    /// <summary>All of them.</summary>
    public static CallNames All { get; } = new(
        new FlagNames(
            "MAP_",
            (MapSharedValidate, "SHARED_VALIDATE"),
            (MapShared, "SHARED"),
            (MapPrivate, "PRIVATE"),
            (MapAnonymous, "ANONYMOUS"),
            (MapNoReserve, "NORESERVE"),
            (MapPopulate, "POPULATE"),
            (MapGrowsDown, "GROWSDOWN"),
            (MapLocked, "LOCKED"),
            (MapHugeTlb, "HUGETLB"),
            (MapSync, "SYNC"),
            (MapFixedNoReplace, "FIXED_NOREPLACE"),
            (MapUninitialized, "UNINITIALIZED")),
        new FlagNames("MS_", (UnixConstants.MsAsync, "ASYNC"), (UnixConstants.MsInvalidate, "INVALIDATE"), (MsSync, "SYNC")),
        new FlagNames(
            "MADV_",
            (MadvNormal, "NORMAL"),
            (MadvRandom, "RANDOM"),
            (MadvSequential, "SEQUENTIAL"),
            (MadvWillNeed, "WILLNEED"),
            (MadvDontNeed, "DONTNEED"),
            (MadvFree, "FREE"),
            (MadvRemove, "REMOVE"),
            (MadvDontFork, "DONTFORK"),
            (MadvDoFork, "DOFORK"),
            (MadvMergeable, "MERGEABLE"),
            (MadvUnmergeable, "UNMERGEABLE"),
            (MadvHugePage, "HUGEPAGE"),
            (MadvNoHugePage, "NOHUGEPAGE"),
            (MadvDontDump, "DONTDUMP"),
            (MadvDoDump, "DODUMP"),
            (MadvWipeOnFork, "WIPEONFORK"),
            (MadvKeepOnFork, "KEEPONFORK"),
            (MadvDontNeedLocked, "DONTNEED_LOCKED"),
            (MadvGuardInstall, "GUARD_INSTALL"),
            (MadvGuardRemove, "GUARD_REMOVE"),
            (MadvCold, "COLD"),
            (MadvPageOut, "PAGEOUT"),
            (MadvPopulateRead, "POPULATE_READ"),
            (MadvPopulateWrite, "POPULATE_WRITE"),
            (MadvCollapse, "COLLAPSE")),
        new FlagNames(
            "O_",
            (OpenCreate, "CREAT"),
            (OpenExclusive, "EXCL"),
            (OpenNonBlocking, "NONBLOCK"),
            (NoAccessTime, "NOATIME"),
            (OpenCloseOnExec, "CLOEXEC")),
        LinuxErrno.GetName);
}
