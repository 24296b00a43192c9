using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsCheck;
using MmapPS.Bytes.Scanning;
using MmapPS.Native;
using MmapPS.Regions.Files;
using MmapPS.Regions.Making;
using MmapPS.Work;
using Xunit;

namespace MmapPS.Unit.Regions;

/// <summary>Copies of regions: refusals, order, and overlapping ranges.</summary>
public sealed class RegionCopyTests : IDisposable
{
    // Several chunks of a copy, so that its direction matters.
    private const int Large = 1 << 20;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly List<MappedRegion> _regions = [];

    public void Dispose()
    {
        _regions.ForEach(region => region.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Copies_without_a_place_follow_one_another()
    {
        MappedRegion source = Map(MakeFile("<one><two>"u8));
        var target = new RegionDestination(Memory(12), 1, sparse: false);
        Run(new RegionCopy(source, source.Range(1, 3), target));
        Run(new RegionCopy(source, source.Range(6, 3), target));
        Assert.Equal("\0onetwo\0\0\0\0\0"u8.ToArray(), target.Region.Read());
        Assert.Equal(7, target.Next);
        Assert.True(target.IsFilled);
    }

    [Fact]
    public void A_copy_that_is_skipped_counts_but_fills_nothing()
    {
        MappedRegion source = Memory(10);
        var target = new FileDestination(NewPath(), 5, CopyOptions.None);
        new RegionCopy(source, source.Range(0, 4), target).Skip();
        Assert.Equal(9, target.Next);
        Assert.False(target.IsFilled);
        Assert.False(File.Exists(target.Path));
    }

    [Fact]
    public void A_destination_that_is_too_short_is_refused_before_anything_is_done()
    {
        MappedRegion source = Memory(10);
        var target = new RegionDestination(Memory(9), 0, sparse: false);
        Assert.Throws<OutOfRangeException>(() => new RegionCopy(source, source.Range(0, 10), target));
        Assert.Throws<OutOfRangeException>(() => new RegionCopy(source, source.Range(0, 1), target, place: 9));
        Assert.Equal(0, target.Next);
    }

    [Fact]
    public void A_file_that_exists_is_refused_without_Overwrite()
    {
        MappedRegion source = Map(MakeFile("new"u8));
        string there = MakeFile("old and longer"u8);
        using (var target = new FileDestination(there, 0, CopyOptions.None))
        {
            MappingException refusal = Assert.Throws<MappingException>(() => Run(new RegionCopy(source, source.Range(0, 3), target)));
            Assert.Equal("open.EEXIST", refusal.ErrorId);
        }

        Assert.Equal("old and longer", File.ReadAllText(there));
        Copy(source, 0, 3, there, CopyOptions.Overwrite);
        Assert.Equal("new", File.ReadAllText(there));
    }

    [Fact]
    public void A_file_keeps_its_other_bytes_with_KeepRest()
    {
        string there = MakeFile("old and longer"u8);
        MappedRegion source = Map(MakeFile("new"u8));
        Copy(source, 0, 3, there, CopyOptions.Overwrite | CopyOptions.KeepRest, place: 4);
        Assert.Equal("old new longer", File.ReadAllText(there));
    }

    [Fact]
    public void A_file_is_not_copied_onto_itself()
    {
        string path = MakeFile("abcdef"u8);
        DemandRefusal(path, path);
    }

    [Fact(Skip = "Windows makes links for administrators only", SkipUnless = nameof(MakesLinks))]
    public void A_file_is_not_copied_onto_itself_by_a_link()
    {
        string path = MakeFile("abcdef"u8);
        DemandRefusal(path, File.CreateSymbolicLink(NewPath(), path).FullName);
    }

    public static bool MakesLinks => !OperatingSystem.IsWindows();

    private void DemandRefusal(string path, string name)
    {
        MappedRegion source = Map(path);
        MappingException failure = Assert.Throws<MappingException>(() => Copy(source, 0, 6, name, CopyOptions.Overwrite));
        Assert.Equal(MappingError.NotSupported, failure.Error);

        // File.ReadAllText lets no other handle write, which Windows refuses while a region may.
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.Equal("abcdef", reader.ReadToEnd());
    }

    [Theory]
    [InlineData("one region")]
    [InlineData("two regions of a file")]
    [InlineData("a region and its file")]
    public void Bytes_that_lie_on_both_sides_arrive_as_they_were(string kind) =>
        Gen.Select(Gen.Int[0, Large], Gen.Int[0, Large], Gen.Int[0, Large]).Sample(
            (from, to, length) =>
            {
                length = Math.Min(length, Large - Math.Max(from, to));
                byte[] model = new byte[Large];
                new Random(from).NextBytes(model);
                string path = MakeFile(model);
                using MappedRegion region = Open(path);
                using MappedRegion other = Open(path);
                model.AsSpan(from, length).ToArray().CopyTo(model, to);
                using CopyDestination target = kind switch
                {
                    "one region" => new RegionDestination(region, to, sparse: false),
                    "two regions of a file" => new RegionDestination(other, to, sparse: false),
                    _ => new FileDestination(path, to, CopyOptions.Overwrite | CopyOptions.KeepRest),
                };
                Run(new RegionCopy(region, region.Range(from, length), target));
                Assert.Equal(model, region.Read());
            },
            iter: 25, threads: 1);

    [Fact]
    public void Only_a_move_up_by_less_than_the_length_is_copied_from_the_end()
    {
        MappedRegion source = Map(MakeFile(new byte[100]), offset: 10);
        var copy = new RegionCopy(source, source.Range(5, 20), new RegionDestination(source, 0, sparse: false));
        Assert.Equal([16, 34], Enumerable.Range(0, 100).Where(place => copy.MovesUp(place)).Aggregate(
            new[] { int.MaxValue, int.MinValue }, (ends, place) => [Math.Min(ends[0], place), Math.Max(ends[1], place)]));
    }

    [Fact]
    public void A_statement_has_one_destination_open_and_leaves_each_in_turn()
    {
        MappedRegion source = Map(MakeFile("abc"u8));
        var left = new List<string>();
        using var destinations = new CopyDestinations(done => left.Add(Path.GetFileName(done.Subject)));
        string first = NewPath();
        string second = NewPath();
        foreach (string path in new[] { first, first, second, first })
        {
            Run(new RegionCopy(source, source.Range(0, 3), destinations.Select(path, 0, CopyOptions.None)));
        }

        destinations.Complete();
        destinations.Complete();
        Assert.Equal(new[] { first, second, first }.Select(path => Path.GetFileName(path)), left);
        Assert.Equal("abcabcabc", File.ReadAllText(first));
        Assert.Equal("abc", File.ReadAllText(second));
    }

    private static void Run(RegionCopy copy) => copy.Run(ScanSettings.Default);

    private static void Copy(MappedRegion source, long offset, long length, string path, CopyOptions options, long place = 0)
    {
        using var target = new FileDestination(path, place, options);
        Run(new RegionCopy(source, source.Range(offset, length), target));
    }

    private static MappedRegion Open(string path, long offset = 0) => RegionFactory.Create(
        MemoryPlatform.Current, new MapRequest { Path = path, Offset = offset, Sharing = MapSharing.Shared }, Unwatched.Work);

    private MappedRegion Map(string path, long offset = 0) => Keep(Open(path, offset));

    private MappedRegion Memory(long length) => Keep(RegionFactory.Create(
        MemoryPlatform.Current, new MapRequest { Length = length, Sharing = MapSharing.Private }, Unwatched.Work));

    private MappedRegion Keep(MappedRegion region)
    {
        _regions.Add(region);
        return region;
    }

    private string NewPath() => Path.Combine(_folder, Path.GetRandomFileName());

    private string MakeFile(ReadOnlySpan<byte> bytes)
    {
        string path = NewPath();
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
