using System;
using System.IO;
using System.Linq;
using CsCheck;
using MmapPS.Ranges;
using MmapPS.Regions.Making;
using MmapPS.Unit.Support;
using MmapPS.Work;
using Xunit;

namespace MmapPS.Unit.Regions;

/// <summary>Whichever step of a change fails, region, mapping and file are consistent afterwards.</summary>
public sealed class RegionRollbackTests : IDisposable
{
    private const long Page = 4096;
    private const int PartPages = (int)(RegionView.PagesAtOnce / Page);

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_file_that_may_not_be_cut_leaves_the_region_as_long_as_it_was()
    {
        var platform = new FakePlatform { Refused = { "Cut" } };
        using MappedRegion region = Map(platform, 8 * Page);
        Assert.Equal("Cut.EFAKE", Refusal(() => Resize(region, Page, cutFile: true)));
        Assert.Equal((8 * Page, 8 * Page, 8 * Page), (region.Length, platform.MappedSize, FileLength));
        region.Write(4 * Page, [1]);
    }

    [Fact]
    public void A_mapping_that_may_not_shrink_after_the_file_was_cut_is_longer_than_its_region()
    {
        var platform = new FakePlatform { Refused = { "Resize" } };
        using MappedRegion region = Map(platform, 8 * Page);
        Resize(region, Page, cutFile: true);
        Assert.Equal((Page, 8 * Page, Page), (region.Length, platform.MappedSize, FileLength));
        Assert.Equal("OutOfRange", Refusal(() => region.Write(4 * Page, [1])));
        platform.Refused.Clear();
        Resize(region, 2 * Page, cutFile: false);
        Assert.Equal((2 * Page, 2 * Page, 2 * Page), (region.Length, platform.MappedSize, FileLength));
    }

    [Fact]
    public void A_file_is_cut_back_where_the_mapping_then_cannot_grow()
    {
        var platform = new FakePlatform { Refused = { "Resize" } };
        using MappedRegion region = Map(platform, Page);
        Assert.Equal("Resize.EFAKE", Refusal(() => Resize(region, 8 * Page, cutFile: false)));
        Assert.Equal((Page, Page, Page), (region.Length, platform.MappedSize, FileLength));
    }

    [Fact]
    public void A_region_that_follows_its_file_makes_it_no_longer()
    {
        using MappedRegion region = Map(new FakePlatform(), Page);
        region.Resizing.Resize(4 * Page, FileFit.Keep, Unwatched.Work);
        Assert.Equal((4 * Page, Page), (region.Length, FileLength));
    }

    [Fact]
    public void A_file_that_grew_further_meanwhile_is_not_cut_back()
    {
        var platform = new FakePlatform { Refused = { "Resize" } };
        using MappedRegion region = Map(platform, Page);
        platform.BeforeCall = name =>
        {
            if (name == "Resize")
            {
                Append("more");
            }
        };
        Assert.Equal("Resize.EFAKE", Refusal(() => Resize(region, 8 * Page, cutFile: false)));
        Assert.Equal((Page, Page, (8 * Page) + 4), (region.Length, platform.MappedSize, FileLength));
    }

    [Fact]
    public void A_file_that_was_appended_to_before_it_grew_is_cut_back_to_that()
    {
        var platform = new FakePlatform { Refused = { "Resize" } };
        using MappedRegion region = Map(platform, Page);
        platform.BeforeCall = name =>
        {
            if (name == "Grow")
            {
                Append("more");
            }
        };
        Assert.Equal("Resize.EFAKE", Refusal(() => Resize(region, 8 * Page, cutFile: false)));
        Assert.Equal(Page + 4, FileLength);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    public void Zeros_neither_overwrite_nor_cut_off_what_is_appended_between_them(int part, bool cancelled)
    {
        const int Chunk = 1 << 20;
        var platform = new FakePlatform();
        using MappedRegion region = Map(platform, Page);
        int number = 0;
        using var work = new WatchedWork(_ =>
        {
            number++;
            if (number == part)
            {
                Append("lines of a log");
            }

            if (cancelled && number == part + 1)
            {
                throw new OperationCanceledException();
            }
        });
        void Grow() => region.Resizing.Resize(Page + (8 * Chunk), FileFit.Grow, work);
        if (cancelled)
        {
            Assert.Throws<OperationCanceledException>(Grow);
            Assert.Equal((Page, Page), (region.Length, platform.MappedSize));
        }
        else
        {
            Grow();
        }

        byte[] expected = new byte[Page + (part * Chunk)];
        expected = [.. expected, .. "lines of a log"u8];
        Array.Resize(ref expected, cancelled ? expected.Length : (int)Page + (8 * Chunk));
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] present = new byte[file.Length];
        file.ReadExactly(present);
        Assert.True(expected.AsSpan().SequenceEqual(present));
    }

    [Fact]
    public void A_region_that_grew_within_its_file_shrinks_again_where_the_file_may_not_be_cut()
    {
        var platform = new FakePlatform { Refused = { "Cut" } };
        using MappedRegion region = Map(platform, Page, fileLength: 8 * Page);
        Assert.Equal("Cut.EFAKE", Refusal(() => Resize(region, 4 * Page, cutFile: true)));
        Assert.Equal((Page, Page, 8 * Page), (region.Length, platform.MappedSize, FileLength));

        platform.Recount();
        platform.Refused.Add("Resize 2");
        Assert.Equal("Cut.EFAKE", Refusal(() => Resize(region, 4 * Page, cutFile: true)));
        Assert.Equal((Page, 4 * Page, 8 * Page), (region.Length, platform.MappedSize, FileLength));
        region.Write(Page - 1, [1]);
    }

    [Theory]
    [InlineData("Cut", "Cut.EFAKE", 8)]
    [InlineData("Map 2", "Map.EFAKE", 0)]
    public void A_region_that_is_unmapped_to_cut_its_file_is_mapped_again_or_empty(string refused, string id, long pages)
    {
        var platform = new FakePlatform { CutsMapped = false };
        using MappedRegion region = Map(platform, 8 * Page);
        platform.Refused.Add(refused);
        Assert.Equal(id, Refusal(() => Resize(region, Page, cutFile: true)));
        Assert.Equal((pages * Page, pages * Page), (region.Length, platform.MappedSize));
        platform.Refused.Clear();
        Resize(region, 2 * Page, cutFile: false);
        region.Write(Page, [1]);
    }

    [Fact]
    public void A_region_of_parts_is_not_unmapped_to_cut_its_file()
    {
        using MappedRegion region = Map(new FakePlatform { CutsMapped = false }, 8 * Page);
        region.Protections.Protect(region.Range(0, Page), MemoryProtection.Read, Unwatched.Work);
        Assert.Equal("NotSupported", Refusal(() => Resize(region, Page, cutFile: true)));
        Assert.Equal((8 * Page, 8 * Page), (region.Length, FileLength));
    }

    [Fact]
    public void Pages_that_were_protected_before_one_was_refused_get_back_what_they_had()
    {
        var platform = new FakePlatform();
        using MappedRegion region = Map(platform, 4 * Page);
        region.Protections.Protect(region.Range(2 * Page, Page), MemoryProtection.Read, Unwatched.Work);
        MemoryProtection[] before = [.. platform.GetProtections()];
        platform.Recount();
        platform.Refused.Add("Protect 1");
        Assert.Equal("Protect.EFAKE", Refusal(() => Protect(region, MemoryProtection.None)));
        Assert.Equal(before, platform.GetProtections());
        region.Write(Page, [1]);
        Assert.Equal("NotWritable", Refusal(() => region.Write(2 * Page, [1])));
    }

    [Fact]
    public void Pages_that_cannot_get_back_what_they_had_are_used_for_what_is_sure_only()
    {
        var platform = new FakePlatform();
        using MappedRegion region = Map(platform, 4 * Page);
        platform.Refused.Add("Protect");
        Assert.Equal("Protect.EFAKE", Refusal(() => Protect(region, MemoryProtection.Read)));
        Assert.Equal(MemoryProtection.Read, region.Protection);
        Assert.Equal("NotWritable", Refusal(() => region.Write(0, [1])));
        Assert.Equal(4 * Page, region.Read().Length);
    }

    [Fact]
    public void A_refused_resize_changes_nothing_and_no_byte_is_ever_outside_of_the_mapping() =>
        Gen.Select(
            Gen.Bool,
            Gen.Select(
                Gen.Long[0, 9 * Page], Gen.Bool, Gen.OneOf("", "Cut", "Grow", "Map", "Resize", "Resize 1", "Resize 2")).List[1, 12]).Sample(
            (cutsMapped, steps) =>
            {
                var platform = new FakePlatform { CutsMapped = cutsMapped };
                using MappedRegion region = Map(platform, 3 * Page);
                foreach ((long length, bool cutFile, string refused) in steps)
                {
                    (long Region, long File) before = (region.Length, FileLength);
                    platform.Recount();
                    platform.Refused.Clear();
                    platform.Refused.Add(refused);
                    string? refusal = Refusal(() => Resize(region, length, cutFile));
                    long fileLength = cutFile ? length : Math.Max(before.File, length);
                    Assert.Equal(refusal is null ? length : cutsMapped ? before.Region : region.Length, region.Length);
                    Assert.Equal(refusal is null ? fileLength : cutsMapped ? before.File : FileLength, FileLength);
                    Assert.True(region.Length <= platform.MappedSize);
                    Assert.True(region.Length <= FileLength || region.Length == before.Region);
                    if (region.Length > 0 && region.Length <= FileLength)
                    {
                        region.Write(region.Length - 1, [1]);
                    }
                }
            },
            iter: 300, threads: 1);

    [Theory]
    [InlineData("Map")]
    [InlineData("Populate")]
    [InlineData("Populate 3")]
    public void A_file_that_was_made_is_gone_where_mapping_it_is_refused(string refused)
    {
        var platform = new FakePlatform { Refused = { refused }, Honours = MapOptions.Populate };
        Assert.EndsWith(".EFAKE", Refusal(() => Create(platform, new MapRequest
        {
            Path = _path, Create = true, Length = 3 * RegionView.PagesAtOnce, Options = MapOptions.Populate,
        })));
        Assert.False(File.Exists(_path));
        Assert.Equal(0, platform.MappedSize);
    }

    [Theory]
    [InlineData("Grow")]
    [InlineData("Map")]
    [InlineData("Populate 2")]
    public void A_file_that_was_extended_is_as_it_was_where_mapping_it_is_refused(string refused)
    {
        File.WriteAllText(_path, "abc");
        var platform = new FakePlatform { Refused = { refused }, Honours = MapOptions.Locked };
        Assert.EndsWith(".EFAKE", Refusal(() => Create(platform, new MapRequest
        {
            Path = _path, Extend = true, Length = 3 * RegionView.PagesAtOnce, Options = MapOptions.Locked,
        })));
        Assert.Equal("abc", File.ReadAllText(_path));
        Assert.Equal(0, platform.MappedSize);
    }

    [Fact]
    public void A_refused_lock_leaves_locked_what_was_locked_before_and_nothing_else() =>
        Gen.Select(
            Gen.Select(Gen.Int[0, 3 * PartPages], Gen.Int[0, 3 * PartPages], Gen.Bool).List[0, 6],
            Gen.Int[0, 3 * PartPages - 1], Gen.Int[1, 4]).Sample(
            (steps, start, refused) =>
            {
                var platform = new FakePlatform();
                using MappedRegion region = Map(platform, 3 * RegionView.PagesAtOnce);
                bool[] model = new bool[3 * PartPages];
                foreach ((int one, int other, bool isLocked) in steps)
                {
                    (int from, int to) = (Math.Min(one, other), Math.Max(one, other));
                    ByteRange range = region.Range(from * Page, (to - from) * Page);
                    _ = isLocked
                        ? region.Locks.Lock(range, onFault: false, Unwatched.Work)
                        : region.Locks.Unlock(range, Unwatched.Work);
                    Array.Fill(model, isLocked, from, to - from);
                }

                Assert.Equal(model, platform.GetLocks());
                platform.Recount();
                platform.Refused.Add($"Lock {refused}");
                string? refusal = Refusal(() => region.Locks.Lock(region.Range(start * Page, null), onFault: false, Unwatched.Work));
                if (refusal is null)
                {
                    Array.Fill(model, true, start, model.Length - start);
                }

                Assert.Equal(model, platform.GetLocks());
            },
            iter: OperatingSystem.IsLinux() ? 50 : 10, threads: 1);

    [Fact]
    public void Parts_that_follow_a_resize_are_those_of_the_new_mapping()
    {
        var platform = new FakePlatform();
        using MappedRegion region = Map(platform, 2 * RegionView.PagesAtOnce);
        bool isResized = false;
        using var work = new WatchedWork(_ =>
        {
            if (!isResized)
            {
                isResized = true;
                Resize(region, 3 * RegionView.PagesAtOnce, cutFile: false);
            }
        });
        region.Locks.Lock(region.Range(0, null), onFault: false, work);
        Assert.True(isResized);
        Assert.Equal(PartPages, platform.GetLocks().Skip(PartPages).Count(isLocked => isLocked));
    }

    private static void Create(FakePlatform platform, MapRequest request) =>
        RegionFactory.Create(platform, request, Unwatched.Work).Dispose();

    private static void Resize(MappedRegion region, long length, bool cutFile) =>
        region.Resizing.Resize(length, cutFile ? FileFit.Cut : FileFit.Grow, Unwatched.Work);

    private static void Protect(MappedRegion region, MemoryProtection protection) =>
        region.Protections.Protect(region.Range(0, null), protection, Unwatched.Work);

    private static string? Refusal(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (MappingException refusal)
        {
            return refusal.ErrorId;
        }
    }

    private long FileLength => new FileInfo(_path).Length;

    private void Append(string text)
    {
        using var stream = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(text.Select(character => (byte)character).ToArray());
    }

    private MappedRegion Map(FakePlatform platform, long length, long? fileLength = null)
    {
        var stream = new FileStream(_path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 1);
        stream.SetLength(fileLength ?? length);
        var mapper = new RegionMapper(new RegionBacking(platform, new MapRequest { Path = _path, Length = length }, RegionKind.File)
        {
            File = BackingFile.Wrap(platform, _path, stream),
        });
        return new MappedRegion(mapper, mapper.Map(length, MemoryProtection.Read | MemoryProtection.Write));
    }
}
