using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using MmapPS.Native.Linux;
using MmapPS.Native.Linux.Calls;
using Xunit;

namespace MmapPS.Unit.Native.Linux;

public sealed class SmapsReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_mapping_is_read_with_all_that_counts()
    {
        ProcessMapping mapping = Assert.Single(Read(
            """
            7f8c9c000000-7f8c9c021000 rw-s 0001f000 fe:00 247270                     /some/file name
            Size:                132 kB
            Rss:                  12 kB
            Pss:                   8 kB
            Pss_Dirty:             3 kB
            Shared_Dirty:          4 kB
            Private_Dirty:        16 kB
            AnonHugePages:      2048 kB
            ShmemPmdMapped:        1 kB
            FilePmdMapped:         2 kB
            Shared_Hugetlb:        4 kB
            Private_Hugetlb:       8 kB
            Swap:                 20 kB
            SwapPss:              99 kB
            Locked:               24 kB
            THPeligible:           0
            VmFlags: rd wr sh mr 
            """));
        Assert.Equal(42, mapping.ProcessId);
        Assert.Equal(0x7f8c9c000000UL, mapping.Address);
        Assert.Equal(0x21000, mapping.Length);
        Assert.Equal("rw-s", mapping.Permissions);
        Assert.Equal(0x1f000, mapping.Offset);
        Assert.Equal("/some/file name", mapping.Path);
        Assert.False(mapping.Deleted);
        Assert.Equal(12 * 1024, mapping.Rss);
        Assert.Equal(8 * 1024, mapping.Pss);
        Assert.Equal(20 * 1024, mapping.Dirty);
        Assert.Equal(2063 * 1024, mapping.Huge);
        Assert.Equal(20 * 1024, mapping.Swap);
        Assert.Equal(24 * 1024, mapping.Locked);
        Assert.Equal("rd wr sh mr", mapping.VmFlags);
    }

    [Theory(Skip = "Linux alone can say whether a file is there by its own call", SkipUnless = nameof(IsLinux))]
    [InlineData("ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]", "[vsyscall]", false)]
    [InlineData("1000-2000 rw-p 00000000 00:00 0 ", null, false)]
    [InlineData("1000-2000 rw-p 00000000 00:00 0", null, false)]
    [InlineData("1000-2000 rw-p 00000000 fe:00 1        /gone (deleted)", "/gone", true)]
    [InlineData("1000-2000 rw-p 00000000 fe:00 1        /two\\012lines ", "/two\nlines ", false)]
    public void Paths_are_taken_as_they_are_meant(string header, string? path, bool deleted)
    {
        ProcessMapping mapping = Assert.Single(Read(header));
        Assert.Equal(path, mapping.Path);
        Assert.Equal(deleted, mapping.Deleted);
        Assert.Equal(0x1000, mapping.Length);
    }

    [Theory(Skip = "Linux alone can say whether a file is there by its own call", SkipUnless = nameof(IsLinux))]
    [InlineData("/live (deleted)", "/live (deleted)", false)]
    [InlineData("/literal\\012name", "/literal\\012name", false)]
    [InlineData("/two\\012lines (deleted)", "/two\nlines (deleted)", false)]
    [InlineData("/other (deleted)", "/other", true)]
    [InlineData("/gone\\012lines (deleted)", "/gone\nlines", true)]
    public void A_name_that_looks_escaped_or_deleted_is_that_of_the_file(string shown, string path, bool deleted)
    {
        string root = Directory.CreateDirectory(Path.Combine(_folder, "root")).FullName;
        foreach (string name in new[] { "live (deleted)", "literal\\012name", "two\nlines (deleted)", "other (deleted)" })
        {
            File.WriteAllText(Path.Combine(root, name), name);
        }

        Assert.Equal(0, Statx.Invoke(Path.Combine(root, deleted ? "other (deleted)" : path.Substring(1)), out Statx.Result file));
        ulong inode = deleted ? file.Inode + 1_000_000 : file.Inode;
        ProcessMapping mapping = Assert.Single(Read($"1000-2000 rw-p 00000000 ff:ff {inode}        {shown}"));
        Assert.Equal(path, mapping.Path);
        Assert.Equal(deleted, mapping.Deleted);
    }

    public static bool IsLinux => OperatingSystem.IsLinux();

    [Fact]
    public void Nothing_is_read_from_nothing() => Assert.Empty(Read(string.Empty));

    [Fact]
    public void Thousands_are_read_over_the_borders_of_the_buffer()
    {
        var text = new StringBuilder();
        for (int i = 1; i <= 5000; i++)
        {
            text.Append($"{i:x}000-{i:x}800 rw-p 00000000 fe:00 1    /{new string('p', i % 97)}\n")
                .Append($"Rss:  {i} kB\nVmFlags: rd {(i % 2 == 0 ? "wr " : "")}\n");
        }

        List<ProcessMapping> mappings = Read(text.ToString());
        Assert.Equal(5000, mappings.Count);
        for (int i = 1; i <= 5000; i++)
        {
            ProcessMapping mapping = mappings[i - 1];
            Assert.Equal((ulong)i << 12, mapping.Address);
            Assert.Equal(i * 1024, mapping.Rss);
            Assert.Equal(1 + (i % 97), mapping.Path!.Length);
            Assert.Equal(i % 2 == 0 ? "rd wr" : "rd", mapping.VmFlags);
        }
    }

    [Theory]
    [InlineData("no header at all")]
    [InlineData("Rss: 1 kB")]
    [InlineData("\n\n")]
    [InlineData("1000-")]
    public void Text_of_another_kind_ends_nothing(string text) => Read(text);

    private List<ProcessMapping> Read(string text)
    {
        File.WriteAllText(Path.Combine(_folder, "smaps"), text);
        var mappings = new List<ProcessMapping>();
        using var reader = new SmapsReader(_folder, 42);
        while (reader.Read() is { } mapping)
        {
            mappings.Add(mapping);
        }

        return mappings;
    }
}
