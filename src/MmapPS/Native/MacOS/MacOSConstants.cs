namespace MmapPS.Native.MacOS;

/// <summary>
/// macOS' numbers, the same on x64 and arm64. Sources in XNU: bsd/sys/{mman.h,fcntl.h,resource.h,errno.h},
/// osfmk/mach/kern_return.h.
/// </summary>
internal static partial class MacOSConstants
{
    public const int MapShared = 0x0001;
    public const int MapPrivate = 0x0002;
    public const int MapAnonymous = 0x1000;

    public const int MsSync = 0x0010;

    public const int MadvWillNeed = 3;

    public const int FullFSync = 51;

    public const int LimitLockedMemory = 6;

    public const int KernSuccess = 0;

    public const int EPERM = 1;
    public const int ENOENT = 2;
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
