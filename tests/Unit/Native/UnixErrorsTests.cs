using System;
using MmapPS.Native;
using MmapPS.Native.Linux;
using MmapPS.Native.MacOS;
using MmapPS.Native.Unix;
using Xunit;

namespace MmapPS.Unit.Native;

/// <summary>The meaning of errors of Linux and macOS for the user: the same, though their numbers differ.</summary>
public class UnixErrorsTests
{
    private static readonly UnixPlatform Linux = new LinuxPlatform();
    private static readonly UnixPlatform MacOS = new MacOSPlatform();

    [Theory]
    [InlineData(1, 1, "AccessDenied")]
    [InlineData(13, 13, "AccessDenied")]
    [InlineData(19, 19, "NotMappable")]
    [InlineData(17, 17, "mmap.EEXIST")]
    [InlineData(11, 35, "mmap.EAGAIN")]
    [InlineData(75, 84, "mmap.EOVERFLOW")]
    public void Refusals_of_mmap_have_one_meaning(int linux, int macOS, string id)
    {
        var specification = new MapSpecification { Subject = "a file", Length = 1, Protection = MemoryProtection.Read };
        Assert.Equal(id, Linux.DescribeMapFailure(specification, linux).ErrorId);
        Assert.Equal(id, MacOS.DescribeMapFailure(specification, macOS).ErrorId);
    }

    [Theory]
    [InlineData(1, 1, "AccessDenied", "every user (EPERM)")]
    [InlineData(13, 13, "AccessDenied", "this user may")]
    [InlineData(40, 62, "FileNotFound", "loop")]
    [InlineData(26, 26, "open.ETXTBSY", "running program")]
    [InlineData(24, 24, "LimitReached", "ulimit -n")]
    [InlineData(23, 23, "LimitReached", "ENFILE")]
    public void Refusals_of_open_say_what_is_true_and_what_to_do(int linux, int macOS, string id, string text)
    {
        var request = new FileRequest(System.IO.FileAccess.Read);
        foreach (MappingException failure in new[]
        {
            Linux.OpenFailure(LinuxErrno.Describe("open", linux), "/none/a", request),
            MacOS.OpenFailure(MacOSErrno.Describe("open", macOS), "/none/a", request),
        })
        {
            Assert.Equal(id, failure.ErrorId);
            Assert.Contains(text, failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(2, 2, "FileNotFound")]
    [InlineData(13, 13, "AccessDenied")]
    [InlineData(1, 1, "AccessDenied")]
    [InlineData(40, 62, "AccessDenied")]
    [InlineData(23, 23, "LimitReached")]
    [InlineData(24, 24, "LimitReached")]
    public void Refusals_of_names_have_one_meaning(int linux, int macOS, string id)
    {
        foreach (NativeError error in new[] { LinuxErrno.Describe("open", linux), MacOSErrno.Describe("open", macOS) })
        {
            MappingException failure = UnixPlatform.NameFailure(error, "some name");
            Assert.Equal(id, failure.ErrorId);
            Assert.Contains("some name", failure.Message, StringComparison.Ordinal);
        }
    }
}
