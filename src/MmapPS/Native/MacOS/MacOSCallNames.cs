using MmapPS.Native.Unix;
using static MmapPS.Native.MacOS.MacOSConstants;

namespace MmapPS.Native.MacOS;

/// <summary>Names of the numbers in calls, from the headers of macOS.</summary>
internal static class MacOSCallNames
{
    /// <summary>All of them.</summary>
    public static CallNames All { get; } = new(
        new FlagNames("MAP_", (MapShared, "SHARED"), (MapPrivate, "PRIVATE"), (MapAnonymous, "ANON")),
        new FlagNames("MS_", (UnixConstants.MsAsync, "ASYNC"), (UnixConstants.MsInvalidate, "INVALIDATE"), (MsSync, "SYNC")),
        new FlagNames(
            "MADV_",
            (MadvNormal, "NORMAL"),
            (MadvRandom, "RANDOM"),
            (MadvSequential, "SEQUENTIAL"),
            (MadvWillNeed, "WILLNEED"),
            (MadvDontNeed, "DONTNEED"),
            (MadvFree, "FREE"),
            (MadvZeroWiredPages, "ZERO_WIRED_PAGES")),
        new FlagNames(
            "O_",
            (OpenNonBlocking, "NONBLOCK"),
            (OpenNoFollow, "NOFOLLOW"),
            (OpenCloseOnExec, "CLOEXEC")),
        MacOSErrno.GetName);
}
