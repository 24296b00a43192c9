namespace MmapPS.Native.Linux;

/// <summary>
/// The kernel's numbers on the architectures of asm-generic (x86-64 and arm64 among them, not ppc64 or mips).
/// Sources: include/uapi/asm-generic/{mman-common.h,mman.h,fcntl.h,errno*.h}, include/uapi/linux/{mman.h,falloc.h,stat.h,magic.h};
/// arch/x86/entry/syscalls/syscall_64.tbl, arch/s390/kernel/syscalls/syscall.tbl.
/// </summary>
internal static partial class LinuxConstants
{
    public const int MapShared = 0x01;
    public const int MapPrivate = 0x02;
    public const int MapSharedValidate = 0x03;
    public const int MapAnonymous = 0x20;
    public const int MapGrowsDown = 0x0100;
    public const int MapLocked = 0x2000;
    public const int MapNoReserve = 0x4000;
    public const int MapPopulate = 0x8000;
    public const int MapHugeTlb = 0x40000;
    public const int MapSync = 0x80000;
    public const int MapFixedNoReplace = 0x100000;
    public const int MapUninitialized = 0x4000000;
    public const int MapHugeShift = 26;

    public const int MsSync = 4;

    public const int SyncFileRangeWaitBefore = 1;
    public const int SyncFileRangeWrite = 2;
    public const int SyncFileRangeWaitAfter = 4;

    public const int MadvPopulateRead = 22;
    public const int MadvPopulateWrite = 23;

    public const int FallocKeepSize = 0x01;
    public const int FallocPunchHole = 0x02;

    public const int SyscallStatx = 291;
    public const int SyscallStatxX64 = 332;
    public const int SyscallStatxS390 = 379;
    public const int AtFdCwd = -100;
    public const uint StatxType = 0x1;
    public const uint StatxMode = 0x2;

    public const long TmpFsMagic = 0x01021994;
    public const long Ext4SuperMagic = 0xEF53; // of ext2 and ext3 too
    public const long XfsSuperMagic = 0x58465342;
    public const long BtrfsSuperMagic = 0x9123683E;
    public const long HugeTlbFsMagic = 0x958458f6;

    public const int LimitLockedMemory = 8;
    public const int LimitAddressSpace = 9;

    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int EINTR = 4;
    public const int EIO = 5;
    public const int EAGAIN = 11;
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
    public const int EFBIG = 27;
    public const int ENOSPC = 28;
    public const int ESPIPE = 29;
    public const int ENOSYS = 38;
    public const int ELOOP = 40;
    public const int EOPNOTSUPP = 95;
    public const int EDQUOT = 122;
}
