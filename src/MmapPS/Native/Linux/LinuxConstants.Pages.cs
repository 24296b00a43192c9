namespace MmapPS.Native.Linux;

/// <content>
/// Sources: include/uapi/asm-generic/{mman-common.h,fcntl.h}, include/uapi/linux/{fadvise.h,fcntl.h},
/// include/uapi/asm-generic/unistd.h.
/// </content>
internal static partial class LinuxConstants
{
    public const int MadvNormal = 0;
    public const int MadvRandom = 1;
    public const int MadvSequential = 2;
    public const int MadvWillNeed = 3;
    public const int MadvDontNeed = 4;
    public const int MadvFree = 8;
    public const int MadvRemove = 9;
    public const int MadvDontFork = 10;
    public const int MadvDoFork = 11;
    public const int MadvMergeable = 12;
    public const int MadvUnmergeable = 13;
    public const int MadvHugePage = 14;
    public const int MadvNoHugePage = 15;
    public const int MadvDoDump = 17;
    public const int MadvWipeOnFork = 18;
    public const int MadvKeepOnFork = 19;
    public const int MadvCold = 20;
    public const int MadvPageOut = 21;
    public const int MadvDontNeedLocked = 24;
    public const int MadvCollapse = 25;
    public const int MadvGuardInstall = 102;
    public const int MadvGuardRemove = 103;

    public const int FadvNormal = 0;
    public const int FadvRandom = 1;
    public const int FadvSequential = 2;
    public const int FadvWillNeed = 3;
    public const int FadvDontNeed = 4;
    public const int FadvDontNeedS390 = 6;
    public const int FadvNoReuse = 5;
    public const int FadvNoReuseS390 = 7;

    public const int AccessWrite = 2;
    public const int AtEffectiveAccess = 0x200;

    public const int GetFileFlags = 3;
    public const int SetFileFlags = 4;
    public const int NoAccessTime = 0x40000;

    public const int SyscallCachestat = 451;

    // _IOWR('f', 16, struct pm_scan_arg) of 96 bytes.
    public const uint IoctlPagemapScan = 0xC0606610;
    public const ulong PageIsSwapped = 1 << 4;
    public const ulong PageIsHuge = 1 << 6;

    public const int ESRCH = 3;
    public const int ENXIO = 6;
    public const int EBADF = 9;
    public const int EROFS = 30;
    public const int EHWPOISON = 133;
}
