using System;
using System.IO;
using System.Runtime.InteropServices;
using MmapPS.Native;
using MmapPS.Native.Linux;
using MmapPS.Native.Linux.Calls;
using MmapPS.Native.Unix;
using MmapPS.Native.Unix.Calls;
using Xunit;

namespace MmapPS.Unit.Native;

/// <summary>
/// The kernel's numbers. They are the same on x86-64 and arm64: both use asm-generic's for everything here (arm64
/// adds PROT_BTI and PROT_MTE, x86-64 MAP_32BIT and MAP_ABOVE4G), and glibc and musl pass them unchanged.
/// </summary>
public class LinuxNumbersTests
{
    private static readonly ConstantTable Constants = new(
        """
        asm-generic/mman-common.h
          MapFixedNoReplace MAP_FIXED_NOREPLACE 0x100000
          MapAnonymous MAP_ANONYMOUS 0x20
          MapPopulate MAP_POPULATE 0x008000
          MapHugeTlb MAP_HUGETLB 0x040000
          MapSync MAP_SYNC 0x080000
          MapUninitialized MAP_UNINITIALIZED 0x4000000
          MsAsync MS_ASYNC 1
          MsInvalidate MS_INVALIDATE 2
          MsSync MS_SYNC 4
          MadvPopulateRead MADV_POPULATE_READ 22
          MadvPopulateWrite MADV_POPULATE_WRITE 23
          ProtRead PROT_READ 0x1
          ProtWrite PROT_WRITE 0x2
          ProtExec PROT_EXEC 0x4
          MlockOnFault MLOCK_ONFAULT 0x01
          MadvDontDump MADV_DONTDUMP 16
          MadvNormal MADV_NORMAL 0
          MadvRandom MADV_RANDOM 1
          MadvSequential MADV_SEQUENTIAL 2
          MadvWillNeed MADV_WILLNEED 3
          MadvDontNeed MADV_DONTNEED 4
          MadvFree MADV_FREE 8
          MadvRemove MADV_REMOVE 9
          MadvDontFork MADV_DONTFORK 10
          MadvDoFork MADV_DOFORK 11
          MadvMergeable MADV_MERGEABLE 12
          MadvUnmergeable MADV_UNMERGEABLE 13
          MadvHugePage MADV_HUGEPAGE 14
          MadvNoHugePage MADV_NOHUGEPAGE 15
          MadvDoDump MADV_DODUMP 17
          MadvWipeOnFork MADV_WIPEONFORK 18
          MadvKeepOnFork MADV_KEEPONFORK 19
          MadvCold MADV_COLD 20
          MadvPageOut MADV_PAGEOUT 21
          MadvDontNeedLocked MADV_DONTNEED_LOCKED 24
          MadvCollapse MADV_COLLAPSE 25
          MadvGuardInstall MADV_GUARD_INSTALL 102
          MadvGuardRemove MADV_GUARD_REMOVE 103
        linux/fadvise.h
          FadvNormal POSIX_FADV_NORMAL 0
          FadvRandom POSIX_FADV_RANDOM 1
          FadvSequential POSIX_FADV_SEQUENTIAL 2
          FadvWillNeed POSIX_FADV_WILLNEED 3
          FadvDontNeedS390 POSIX_FADV_DONTNEED 6
          FadvNoReuseS390 POSIX_FADV_NOREUSE 7
        linux/fadvise.h:its-second-definitions
          FadvDontNeed POSIX_FADV_DONTNEED 4
          FadvNoReuse POSIX_FADV_NOREUSE 5
        unistd.h
          AccessWrite W_OK 2
        asm-generic/mman.h
          MapGrowsDown MAP_GROWSDOWN 0x0100
          MapLocked MAP_LOCKED 0x2000
          MapNoReserve MAP_NORESERVE 0x4000
        linux/mman.h
          MapShared MAP_SHARED 0x01
          MapPrivate MAP_PRIVATE 0x02
          MapSharedValidate MAP_SHARED_VALIDATE 0x03
          MremapMayMove MREMAP_MAYMOVE 1
        asm-generic/hugetlb_encode.h
          MapHugeShift HUGETLB_FLAG_ENCODE_SHIFT 26
        linux/fs.h
          SyncFileRangeWaitBefore SYNC_FILE_RANGE_WAIT_BEFORE 1
          SyncFileRangeWrite SYNC_FILE_RANGE_WRITE 2
          SyncFileRangeWaitAfter SYNC_FILE_RANGE_WAIT_AFTER 4
          IoctlPagemapScan PAGEMAP_SCAN 0xC0606610
          PageIsSwapped PAGE_IS_SWAPPED 0x10
          PageIsHuge PAGE_IS_HUGE 0x40
        linux/falloc.h
          FallocKeepSize FALLOC_FL_KEEP_SIZE 0x01
          FallocPunchHole FALLOC_FL_PUNCH_HOLE 0x02
        linux/fcntl.h
          AtFdCwd AT_FDCWD -100
          AtEmptyPath AT_EMPTY_PATH 0x1000
          AtEffectiveAccess AT_EACCESS 0x200
        asm-generic/fcntl.h
          OpenReadOnly O_RDONLY 00000000
          OpenReadWrite O_RDWR 00000002
          OpenCreate O_CREAT 00000100
          OpenExclusive O_EXCL 0x80
          OpenNonBlocking O_NONBLOCK 00004000
          OpenCloseOnExec O_CLOEXEC 02000000
          GetFileFlags F_GETFL 3
          SetFileFlags F_SETFL 4
          NoAccessTime O_NOATIME 01000000
        asm-generic/unistd.h
          SyscallStatx __NR_statx 291
          SyscallMemfdSecret __NR_memfd_secret 447
          SyscallCachestat __NR_cachestat 451
        x86_64-linux-gnu/asm/unistd_64.h
          SyscallStatxX64 __NR_statx 332
        asm-s390/unistd_64.h
          SyscallStatxS390 __NR_statx 379
        linux/stat.h
          StatxType STATX_TYPE 0x00000001
          StatxMode STATX_MODE 0x00000002
          StatxUser STATX_UID 0x00000008
          StatxInode STATX_INO 0x00000100
          ModeTypeMask S_IFMT 00170000
          ModeSocket S_IFSOCK 0140000
          ModeRegular S_IFREG 0100000
          ModeBlockDevice S_IFBLK 0060000
          ModeDirectory S_IFDIR 0040000
          ModeCharacterDevice S_IFCHR 0020000
          ModePipe S_IFIFO 0010000
        linux/magic.h
          HugeTlbFsMagic HUGETLBFS_MAGIC 0x958458f6
          TmpFsMagic TMPFS_MAGIC 0x01021994
          Ext4SuperMagic EXT4_SUPER_MAGIC 0xEF53
          XfsSuperMagic XFS_SUPER_MAGIC 0x58465342
          BtrfsSuperMagic BTRFS_SUPER_MAGIC 0x9123683E
        asm-generic/resource.h
          LimitFileSize RLIMIT_FSIZE 1
          LimitLockedMemory RLIMIT_MEMLOCK 8
          LimitAddressSpace RLIMIT_AS 9
        asm-generic/errno-base.h
          EPERM EPERM 1
          ENOENT ENOENT 2
          ESRCH ESRCH 3
          ENXIO ENXIO 6
          EINTR EINTR 4
          EIO EIO 5
          EBADF EBADF 9
          EAGAIN EAGAIN 11
          ENOMEM ENOMEM 12
          EACCES EACCES 13
          EFAULT EFAULT 14
          EBUSY EBUSY 16
          EEXIST EEXIST 17
          ENODEV ENODEV 19
          ENOTDIR ENOTDIR 20
          EINVAL EINVAL 22
          ENFILE ENFILE 23
          EMFILE EMFILE 24
          EFBIG EFBIG 27
          ENOSPC ENOSPC 28
          ESPIPE ESPIPE 29
          EROFS EROFS 30
        asm-generic/errno.h
          ENOSYS ENOSYS 38
          ELOOP ELOOP 40
          EOPNOTSUPP EOPNOTSUPP 95
          EDQUOT EDQUOT 122
          EHWPOISON EHWPOISON 133
        """);

    [Fact]
    public void Constants_are_those_of_the_headers() => Constants.AssertIs(typeof(LinuxConstants), typeof(UnixConstants));

    public static bool HasHeaders => File.Exists("/usr/include/asm-generic/mman-common.h");

    // Not Assert.SkipUnless: under wine the runner hangs after it.
    [Fact(Skip = "the kernel's headers are not installed here", SkipUnless = nameof(HasHeaders))]
    public void Installed_headers_agree() => Assert.InRange(Constants.AssertHeaders("/usr/include"), 30, int.MaxValue);

    [Theory]
    [InlineData(Architecture.X64, 332)]
    [InlineData(Architecture.Arm64, 291)]
    [InlineData(Architecture.S390x, 379)]
    [InlineData(Architecture.LoongArch64, 291)]
    [InlineData(Architecture.RiscV64, 291)]
    public void Calls_without_a_wrapper_have_each_processors_number(Architecture architecture, int number) =>
        Assert.Equal(number, Statx.GetNumber(architecture));

    [Theory]
    [InlineData(1, "EPERM")]
    [InlineData(5, "EIO")]
    [InlineData(11, "EAGAIN")]
    [InlineData(28, "ENOSPC")]
    [InlineData(36, "ENAMETOOLONG")]
    [InlineData(38, "ENOSYS")]
    [InlineData(40, "ELOOP")]
    [InlineData(61, "ENODATA")]
    [InlineData(75, "EOVERFLOW")]
    [InlineData(95, "EOPNOTSUPP")]
    [InlineData(107, "ENOTCONN")]
    [InlineData(110, "ETIMEDOUT")]
    [InlineData(116, "ESTALE")]
    [InlineData(121, "EREMOTEIO")]
    [InlineData(122, "EDQUOT")]
    [InlineData(133, "EHWPOISON")]
    [InlineData(9999, "E9999")]
    public void Errors_have_their_names(int errno, string name) => Assert.Equal(name, LinuxErrno.GetName(errno));

    [Theory]
    [InlineData(28, "NoSpace")]
    [InlineData(122, "NoSpace")]
    [InlineData(5, "InputOutput")]
    [InlineData(95, "NotSupported")]
    [InlineData(14, "Other")]
    public void Errors_have_their_kinds(int errno, string kind) =>
        Assert.Equal(Enum.Parse<NativeErrorKind>(kind), LinuxErrno.Describe("f", errno).Kind);

    /// <summary>include/uapi/linux/{stat.h,uio.h,resource.h} and include/uapi/asm-generic/statfs.h with 64-bit words.</summary>
    [Fact]
    public void Structs_are_laid_out_as_the_kernel_has_them()
    {
        Layout.AssertIs(
            typeof(Statx),
            "Result",
            256,
            ("BlockSize", 4),
            ("User", 20),
            ("Mode", 28),
            ("Inode", 32),
            ("DeviceMajor", 136),
            ("DeviceMinor", 140));
        Layout.AssertIs(typeof(Statfs), "Result", 120, ("Type", 0));
        Layout.AssertIs(typeof(ProcessVm), "IoVector", 16, ("Base", 0), ("Length", 8));
        Layout.AssertIs(typeof(Cachestat), "Range", 16, ("Offset", 0), ("Length", 8));
        Layout.AssertIs(typeof(PagemapScan), "Query", 96, ("Reached", 32), ("RegionCount", 48), ("Mask", 72), ("Wanted", 88));
        Layout.AssertIs(typeof(PagemapScan), "Region", 24, ("End", 8));
        Layout.AssertIs(typeof(Cachestat), "Result", 40, ("Cached", 0), ("Dirty", 8));
        Layout.AssertIs(typeof(GetRLimit), "Limit", 16, ("Current", 0), ("Maximum", 8));
    }
}
