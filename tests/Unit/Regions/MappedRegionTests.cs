using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsCheck;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Regions.Making;
using MmapPS.Work;
using Xunit;

namespace MmapPS.Unit.Regions;

/// <summary>Regions compared with a plain array that gets the same changes.</summary>
public sealed class MappedRegionTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("anonymous")]
    [InlineData("shared")]
    [InlineData("private")]
    public void Reads_and_writes_are_those_of_an_array(string kind)
    {
        const int FileLength = 20_000;
        Gen.Select(
            Gen.Int[0, 9_000],
            Gen.Int[1, 9_000],
            Gen.Select(Gen.Int[0, 9_500], Gen.Byte.Array[0, 6_000]).List[0, 12]).Sample(
            (start, length, changes) =>
            {
                byte[] original = Enumerable.Range(0, FileLength).Select(i => (byte)(i * 7)).ToArray();
                File.WriteAllBytes(_path, original);
                bool anonymous = kind == "anonymous";
                using MappedRegion region = RegionFactory.Create(MemoryPlatform.Current, new MapRequest
                {
                    Path = anonymous ? null : _path,
                    Offset = anonymous ? 0 : start,
                    Length = length,
                    Sharing = kind == "shared" ? MapSharing.Shared : MapSharing.Private,
                }, Unwatched.Work);
                byte[] model = anonymous ? new byte[length] : original.AsSpan(start, length).ToArray();
                foreach ((int offset, byte[] bytes) in changes)
                {
                    if (offset <= length && bytes.Length <= length - offset)
                    {
                        region.Write(offset, bytes);
                        bytes.CopyTo(model, offset);
                    }
                    else
                    {
                        Assert.Throws<OutOfRangeException>(() => region.Write(offset, bytes));
                    }
                }

                Assert.Equal(model, region.Read());
                Assert.Equal(model[^1], region[-1]);
                if (!anonymous)
                {
                    byte[] file = (byte[])original.Clone();
                    (kind == "shared" ? model : original.AsSpan(start, length).ToArray()).CopyTo(file, start);
                    Assert.Equal(file, ReadFile());
                }
            },
            iter: 200, threads: 1);
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("private")]
    public void What_a_region_gets_by_growing_is_new_whatever_it_was_before(string kind)
    {
        const int FileLength = 20_000;
        byte[] original = Enumerable.Range(0, FileLength).Select(i => (byte)(1 + (i % 251))).ToArray();
        File.WriteAllBytes(_path, original);
        bool anonymous = kind == "anonymous";

        // Private views of files cannot be resized on Windows.
        if (!anonymous && OperatingSystem.IsWindows())
        {
            return;
        }

        Gen.Select(Gen.Int[0, 5_000], Gen.Select(Gen.Int[1, 12_000], Gen.Bool).List[1, 8]).Sample(
            (start, steps) =>
            {
                byte[] fresh = anonymous ? new byte[FileLength] : original[start..];
                using MappedRegion region = RegionFactory.Create(MemoryPlatform.Current, new MapRequest
                {
                    Path = anonymous ? null : _path,
                    Offset = anonymous ? 0 : start,
                    Length = 1,
                    Sharing = MapSharing.Private,
                }, Unwatched.Work);
                byte[] model = fresh[..1];
                foreach ((int length, bool readOnly) in steps)
                {
                    region.Protections.Protect(
                        region.Range(0, null),
                        readOnly ? MemoryProtection.Read : MemoryProtection.Read | MemoryProtection.Write,
                        Unwatched.Work);
                    region.Resizing.Resize(length, FileFit.Grow, Unwatched.Work);
                    model = [.. model.Take(length), .. fresh.Skip(model.Length).Take(Math.Max(0, length - model.Length))];
                    Assert.Equal(model, region.Read());
                    Assert.Equal(readOnly, (region.Protection & MemoryProtection.Write) == 0);
                    if (!readOnly)
                    {
                        Array.Fill(model, (byte)255);
                        region.Write(0, model);
                    }
                }
            },
            iter: 200, threads: 1);
    }

    [Fact]
    public void A_stream_reads_seeks_and_writes_like_a_memory_stream() =>
        Gen.Select(Gen.Int[1, 5_000], Gen.Select(Gen.Int[0, 2], Gen.Int[0, 6_000], Gen.Int[0, 3_000]).List[1, 20]).Sample(
            (length, steps) =>
            {
                using MappedRegion region = RegionFactory.Create(MemoryPlatform.Current, new MapRequest { Length = length, Sharing = MapSharing.Private }, Unwatched.Work);
                using Stream stream = region.OpenStream();
                using var model = new MemoryStream(new byte[length]);
                foreach ((int action, int position, int count) in steps)
                {
                    byte[] own = new byte[count];
                    byte[] expected = new byte[count];
                    switch (action)
                    {
                        case 0:
                            Assert.Equal(model.Seek(position, SeekOrigin.Begin), stream.Seek(position, SeekOrigin.Begin));
                            break;
                        case 1:
                            Assert.Equal(model.Read(expected, 0, count), stream.Read(own, 0, count));
                            Assert.Equal(expected, own);
                            break;
                        default:
                            Array.Fill(own, (byte)position);
                            if (model.Position <= length && count <= length - model.Position)
                            {
                                model.Write(own, 0, count);
                                stream.Write(own, 0, count);
                            }
                            else
                            {
                                Assert.ThrowsAny<MappingException>(() => stream.Write(own, 0, count));
                            }

                            break;
                    }

                    Assert.Equal(model.Position, stream.Position);
                }

                Assert.Equal(model.ToArray(), region.Read());
            },
            iter: 200, threads: 1);

    [Fact]
    public void A_writer_leaves_what_was_appended_in_order() =>
        Gen.Select(Gen.Int[0, 70_000], Gen.Byte.Array[0, 30_000].List[0, 8]).Sample(
            (start, parts) =>
            {
                using MappedRegion region = RegionFactory.Create(MemoryPlatform.Current, new MapRequest { Length = 150_000, Sharing = MapSharing.Private }, Unwatched.Work);
                byte[] model = new byte[150_000];
                int at = start;
                var writer = new RegionWriter(region, start);
                bool fits = true;
                foreach (byte[] part in parts)
                {
                    int fitting = Math.Min(part.Length, model.Length - at);
                    part.AsSpan(0, fitting).CopyTo(model.AsSpan(at));
                    at += fitting;
                    fits &= fitting == part.Length;
                    try
                    {
                        writer.Append(part);
                    }
                    catch (OutOfRangeException)
                    {
                        Assert.False(fits);
                    }
                }

                if (fits)
                {
                    writer.Flush();
                }
                else
                {
                    writer.TryFlush();
                }

                Assert.Equal(model, region.Read());
                Assert.Equal(at - start, writer.Written);
            },
            iter: 100);

    [Fact]
    public void Copies_through_the_kernel_stop_at_a_page_that_is_not_there()
    {
        MemoryPlatform platform = MemoryPlatform.Current;
        long page = platform.PageSize;
        using MappedRegion region = RegionFactory.Create(MemoryPlatform.Current, new MapRequest { Length = 3 * page, Sharing = MapSharing.Private }, Unwatched.Work);
        region.Write(0, Enumerable.Repeat((byte)9, (int)(3 * page)).ToArray());
        nint address = (nint)region.Address;

        byte[] bytes = new byte[100];
        Assert.Equal(100, platform.CopyFromMemory(address + (nint)page - 50, bytes));
        Assert.All(bytes, value => Assert.Equal(9, value));

        // Wine copies bytes that Windows would refuse.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        platform.Protect(
            new PageSpan(region.Subject, address + (nint)(2 * page), page, MapSharing.Private, File: null, 0), MemoryProtection.None);
        Assert.Equal(50, platform.CopyFromMemory(address + (nint)(2 * page) - 50, bytes));
        Assert.Equal(50, platform.CopyToMemory(address + (nint)(2 * page) - 50, bytes));
        Assert.Equal(0, platform.CopyFromMemory(address + (nint)(2 * page), bytes));
        Assert.Equal(0, platform.CopyToMemory(address + (nint)(2 * page), bytes));
    }

    // File.ReadAllBytes does not share writing, so Windows refuses it while a region may write.
    private byte[] ReadFile()
    {
        using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    [Fact]
    public void Bytes_are_lent_of_memory_that_cannot_fault_and_no_other()
    {
        File.WriteAllBytes(_path, new byte[10]);
        List<(MapRequest Request, bool Lends)> cases =
        [
            (new MapRequest { Length = 10 }, true),
            (new MapRequest { Path = _path }, false),
            (new MapRequest { Path = _path, Sharing = MapSharing.Private }, false),
        ];
        if (!OperatingSystem.IsWindows())
        {
            // Windows has no unreserved memory.
            cases.Add((new MapRequest { Length = 10, Options = MapOptions.NoReserve }, false));
        }

        foreach ((MapRequest request, bool lends) in cases)
        {
            using MappedRegion region = RegionFactory.Create(MemoryPlatform.Current, request, Unwatched.Work);
            bool lent = region.Bytes.TryLend(0, 10, out ReadOnlySpan<byte> bytes);
            Assert.Equal(lends, lent);
            if (lent)
            {
                Assert.Equal(new byte[10], bytes.ToArray());
                region.Bytes.TakeBack();
            }
        }
    }

    [Fact]
    public void A_region_stays_mapped_until_lent_bytes_are_given_back()
    {
        MappedRegion region = RegionFactory.Create(MemoryPlatform.Current, new MapRequest { Length = 10 }, Unwatched.Work);
        Assert.True(region.Bytes.TryLend(0, 10, out ReadOnlySpan<byte> bytes));
        region.Dispose();
        Assert.False(region.IsOpen);
        Assert.Equal(new byte[10], bytes.ToArray());
        region.Bytes.TakeBack();
        Assert.False(region.Bytes.TryLend(0, 10, out _));
    }

    [Fact]
    public void Bytes_that_may_not_be_read_or_are_not_there_are_not_lent()
    {
        using MappedRegion region = RegionFactory.Create(MemoryPlatform.Current, new MapRequest { Length = 3 * Environment.SystemPageSize }, Unwatched.Work);
        region.Protections.Protect(
            region.Range(Environment.SystemPageSize, Environment.SystemPageSize), MemoryProtection.None, Unwatched.Work);
        Assert.False(region.Bytes.TryLend(Environment.SystemPageSize - 1, 2, out _));
        Assert.False(region.Bytes.TryLend(region.Length, 1, out _));
        Assert.True(region.Bytes.TryLend(0, Environment.SystemPageSize, out _));
        region.Bytes.TakeBack();
    }
}
