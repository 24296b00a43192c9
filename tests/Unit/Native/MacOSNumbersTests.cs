using System;
using MmapPS.Native;
using MmapPS.Native.MacOS;
using MmapPS.Native.MacOS.Calls;
using MmapPS.Native.Unix;
using MmapPS.Native.Unix.Calls;
using Xunit;

namespace MmapPS.Unit.Native;

/// <summary>The numbers of macOS, from the headers of XNU, the same for x64 and arm64.</summary>
public class MacOSNumbersTests
{
    private static readonly ConstantTable Constants = new(
        """
        bsd/sys/mman.h
          ProtRead PROT_READ 0x01
          ProtWrite PROT_WRITE 0x02
          ProtExec PROT_EXEC 0x04
          MapShared MAP_SHARED 0x0001
          MapPrivate MAP_PRIVATE 0x0002
          MapAnonymous MAP_ANON 0x1000
          MsAsync MS_ASYNC 0x0001
          MsInvalidate MS_INVALIDATE 0x0002
          MsSync MS_SYNC 0x0010
          MadvNormal POSIX_MADV_NORMAL 0
          MadvRandom POSIX_MADV_RANDOM 1
          MadvSequential POSIX_MADV_SEQUENTIAL 2
          MadvWillNeed POSIX_MADV_WILLNEED 3
          MadvDontNeed POSIX_MADV_DONTNEED 4
          MadvFree MADV_FREE 5
          MadvZeroWiredPages MADV_ZERO_WIRED_PAGES 6
          MincoreInCore MINCORE_INCORE 0x1
          MincoreModified MINCORE_MODIFIED 0x4
          MincorePagedOut MINCORE_PAGED_OUT 0x20
        bsd/sys/fcntl.h
          OpenReadOnly O_RDONLY 0x0000
          OpenReadWrite O_RDWR 0x0002
          OpenNonBlocking O_NONBLOCK 0x00000004
          OpenNoFollow O_NOFOLLOW 0x00000100
          OpenCloseOnExec O_CLOEXEC 0x01000000
          FullFSync F_FULLFSYNC 51
        bsd/sys/resource.h
          LimitFileSize RLIMIT_FSIZE 1
          LimitCore RLIMIT_CORE 4
          LimitLockedMemory RLIMIT_MEMLOCK 6
        bsd/sys/_types/_s_ifmt.h
          ModeTypeMask S_IFMT 0170000
          ModePipe S_IFIFO 0010000
          ModeCharacterDevice S_IFCHR 0020000
          ModeDirectory S_IFDIR 0040000
          ModeBlockDevice S_IFBLK 0060000
          ModeRegular S_IFREG 0100000
          ModeSocket S_IFSOCK 0140000
        osfmk/mach/kern_return.h
          KernSuccess KERN_SUCCESS 0
        osfmk/mach/vm_statistics.h
          VmFixed VM_FLAGS_FIXED 0x00000000
          VmOverwrite VM_FLAGS_OVERWRITE 0x00004000
        osfmk/mach/vm_inherit.h
          VmInheritShare VM_INHERIT_SHARE 0
          VmInheritCopy VM_INHERIT_COPY 1
        bsd/sys/proc_info.h
          PidRegionPathInfo PROC_PIDREGIONPATHINFO 8
        bsd/sys/syslimits.h
          LongestPath PATH_MAX 1024
        Libc:include/unistd.h
          UserCacheFolder _CS_DARWIN_USER_CACHE_DIR 65538
        bsd/sys/errno.h
          EPERM EPERM 1
          ENOENT ENOENT 2
          ESRCH ESRCH 3
          EINTR EINTR 4
          EIO EIO 5
          ENXIO ENXIO 6
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
          ENOTTY ENOTTY 25
          ENOSPC ENOSPC 28
          ESPIPE ESPIPE 29
          EAGAIN EAGAIN 35
          ENOTSUP ENOTSUP 45
          EDQUOT EDQUOT 69
          ENOSYS ENOSYS 78
          EDEVERR EDEVERR 83
          EOPNOTSUPP EOPNOTSUPP 102
        """);

    [Fact]
    public void Constants_are_those_of_the_headers() => Constants.AssertIs(typeof(MacOSConstants), typeof(UnixConstants));

    [Theory]
    [InlineData(1, "EPERM")]
    [InlineData(11, "EDEADLK")]
    [InlineData(28, "ENOSPC")]
    [InlineData(35, "EAGAIN")]
    [InlineData(45, "ENOTSUP")]
    [InlineData(57, "ENOTCONN")]
    [InlineData(60, "ETIMEDOUT")]
    [InlineData(62, "ELOOP")]
    [InlineData(63, "ENAMETOOLONG")]
    [InlineData(69, "EDQUOT")]
    [InlineData(70, "ESTALE")]
    [InlineData(78, "ENOSYS")]
    [InlineData(84, "EOVERFLOW")]
    [InlineData(96, "ENODATA")]
    [InlineData(102, "EOPNOTSUPP")]
    [InlineData(9999, "E9999")]
    public void Errors_have_their_names(int errno, string name) => Assert.Equal(name, MacOSErrno.GetName(errno));

    [Theory]
    [InlineData(28, "NoSpace")]
    [InlineData(69, "NoSpace")]
    [InlineData(5, "InputOutput")]
    [InlineData(45, "NotSupported")]
    [InlineData(25, "NotSupported")]
    [InlineData(14, "Other")]
    public void Errors_have_their_kinds(int errno, string kind) =>
        Assert.Equal(Enum.Parse<NativeErrorKind>(kind), MacOSErrno.Describe("f", errno).Kind);

    /// <summary>
    /// bsd/sys/stat.h, __DARWIN_STRUCT_STAT64: dev_t 4 bytes, mode_t and nlink_t 2, ino64_t 8, then uid_t, and 144 together;
    /// bsd/sys/resource.h. bsd/sys/proc_info.h: proc_regioninfo of 96 bytes, then vnode_info of 152 (vinfo_stat 136, two ints,
    /// fsid_t 8), then the path of MAXPATHLEN.
    /// </summary>
    [Fact]
    public void Structs_are_laid_out_as_the_kernel_has_them()
    {
        Layout.AssertIs(typeof(Stat), "Result", 144, ("Device", 0), ("Mode", 4), ("Inode", 8), ("User", 16));
        Layout.AssertIs(typeof(GetRLimit), "Limit", 16, ("Current", 0), ("Maximum", 8));
        Layout.AssertIs(
            typeof(ProcPidInfo),
            "Region",
            96 + 152 + 1024,
            ("Protection", 0),
            ("Inheritance", 8),
            ("Offset", 16),
            ("Locks", 28),
            ("ResidentPages", 36),
            ("SwappedPages", 44),
            ("DirtyPages", 48),
            ("Address", 80),
            ("Length", 88),
            ("Path", 96 + 152));
    }

    /// <summary>MADV_DONTNEED of macOS loses nothing, so it implements Cold; DontNeed is not supported.</summary>
    [Theory]
    [InlineData(MemoryAdvice.Normal, 0)]
    [InlineData(MemoryAdvice.Random, 1)]
    [InlineData(MemoryAdvice.Sequential, 2)]
    [InlineData(MemoryAdvice.WillNeed, 3)]
    [InlineData(MemoryAdvice.Cold, 4)]
    [InlineData(MemoryAdvice.Free, 5)]
    [InlineData(MemoryAdvice.DontNeed, null)]
    [InlineData(MemoryAdvice.Remove, null)]
    [InlineData(MemoryAdvice.DontDump, null)]
    [InlineData(MemoryAdvice.Evict, null)]
    public void Advice_has_its_numbers(MemoryAdvice advice, int? number) => Assert.Equal(number, MacOSPlatform.FindAdvice(advice));

    [Fact]
    public void Answers_of_mincore_are_counted_by_bit()
    {
        byte[] pages = [0x00, 0x01, 0x05, 0x25, 0x20, 0x84];
        Assert.Equal(3, MacOSPlatform.Count(pages, 0x4));
        Assert.Equal(2, MacOSPlatform.Count(pages, 0x20));
    }

    [Theory]
    [InlineData(0u, 0u, "---s")]
    [InlineData(1u, 1u, "r--p")]
    [InlineData(3u, 0u, "rw-s")]
    [InlineData(5u, 1u, "r-xp")]
    [InlineData(7u, 2u, "rwxp")]
    public void Regions_tell_their_permissions(uint protection, uint inheritance, string permissions)
    {
        var region = new ProcPidInfo.Region { Protection = protection, Inheritance = inheritance };
        Assert.Equal(permissions, MacOSPlatform.Describe(1, region, 16384).Permissions);
    }

    [Fact]
    public unsafe void Regions_become_mappings()
    {
        var region = new ProcPidInfo.Region
        {
            Address = 0x1_0000_0000,
            Length = 0x8000,
            Offset = 0x4000,
            ResidentPages = 2,
            DirtyPages = 1,
            SwappedPages = 3,
            Locks = 1,
        };
        ProcessMapping memory = MacOSPlatform.Describe(7, region, 16384);
        Assert.Null(memory.Path);
        Assert.Equal(0, memory.Offset);

        "/tmp/ä\0rest"u8.CopyTo(new Span<byte>(region.Path, 1024));
        ProcessMapping file = MacOSPlatform.Describe(7, region, 16384);
        Assert.Equal((7, 0x1_0000_0000UL, 0x8000L), (file.ProcessId, file.Address, file.Length));
        Assert.Equal(("/tmp/ä", 0x4000L), (file.Path, file.Offset));
        Assert.Equal((32768, 16384, 49152, 32768), (file.Rss, file.Dirty, file.Swap, file.Locked));
        Assert.Null(file.Pss);
    }
}
