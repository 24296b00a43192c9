using System;
using MmapPS.Native;
using MmapPS.Native.MacOS;
using MmapPS.Native.Unix;
using Xunit;

namespace MmapPS.Unit.Native;

/// <summary>macOS' numbers, as XNU's headers have them for x64 and arm64 alike.</summary>
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
          MadvWillNeed MADV_WILLNEED 3
        bsd/sys/fcntl.h
          FullFSync F_FULLFSYNC 51
        bsd/sys/resource.h
          LimitFileSize RLIMIT_FSIZE 1
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
        bsd/sys/errno.h
          EPERM EPERM 1
          ENOENT ENOENT 2
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

    /// <summary>bsd/sys/stat.h, __DARWIN_STRUCT_STAT64: dev_t 4 bytes, mode_t 2, and 144 together; bsd/sys/resource.h.</summary>
    [Fact]
    public void Structs_are_laid_out_as_the_kernel_has_them()
    {
        Layout.AssertIs(typeof(Stat), "Result", 144, ("Mode", 4));
        Layout.AssertIs(typeof(GetRLimit), "Limit", 16, ("Current", 0), ("Maximum", 8));
    }
}
