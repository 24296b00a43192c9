using MmapPS.Native.Unix;
using static MmapPS.Native.MacOS.MacOSConstants;

namespace MmapPS.Native.MacOS;

/// <content>How the headers name numbers.</content>
internal sealed partial class MacOSPlatform
{
    /// <inheritdoc/>
    public override CallNames Names { get; } = new(
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
            (OpenCloseOnExec, "CLOEXEC")));
}
