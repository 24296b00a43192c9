namespace MmapPS.Native.MacOS;

/// <summary>
/// Numbers of macOS, the same on x64 and arm64. Sources in XNU: bsd/sys/{mman.h,fcntl.h,resource.h,errno.h,proc_info.h,syslimits.h},
/// osfmk/mach/{kern_return.h,vm_statistics.h,vm_inherit.h}; in Libc: include/unistd.h.
/// </summary>
internal static partial class MacOSConstants
{
    public const int MapShared = 0x0001;
    public const int MapPrivate = 0x0002;
    public const int MapAnonymous = 0x1000;

    public const int MsSync = 0x0010;

    public const int MadvNormal = 0;
    public const int MadvRandom = 1;
    public const int MadvSequential = 2;
    public const int MadvWillNeed = 3;
    public const int MadvDontNeed = 4;
    public const int MadvFree = 5;
    public const int MadvZeroWiredPages = 6;

    public const int MincoreInCore = 0x1;
    public const int MincoreModified = 0x4;
    public const int MincorePagedOut = 0x20;

    public const int OpenReadOnly = 0x0000;
    public const int OpenReadWrite = 0x0002;
    public const int OpenNonBlocking = 0x00000004;
    public const int OpenNoFollow = 0x00000100;
    public const int OpenCloseOnExec = 0x01000000;
    public const int FullFSync = 51;

    public const int LimitCore = 4;
    public const int LimitLockedMemory = 6;

    public const int KernSuccess = 0;
    public const int VmFixed = 0x0;
    public const int VmOverwrite = 0x4000;
    public const uint VmInheritShare = 0;
    public const uint VmInheritCopy = 1;

    public const int PidRegionPathInfo = 8;
    public const int LongestPath = 1024;

    public const int UserCacheFolder = 65538;

    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int ESRCH = 3;
    public const int EINTR = 4;
    public const int EIO = 5;
    public const int ENXIO = 6;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int EFAULT = 14;
    public const int EBUSY = 16;
    public const int EEXIST = 17;
    public const int ENODEV = 19;
    public const int ENOTDIR = 20;
    public const int EINVAL = 22;
    public const int ENFILE = 23;
    public const int EMFILE = 24;
    public const int ENOTTY = 25;
    public const int ENOSPC = 28;
    public const int ESPIPE = 29;
    public const int EAGAIN = 35;
    public const int ENOTSUP = 45;
    public const int EDQUOT = 69;
    public const int ENOSYS = 78;
    public const int EDEVERR = 83;
    public const int EOPNOTSUPP = 102;
}
