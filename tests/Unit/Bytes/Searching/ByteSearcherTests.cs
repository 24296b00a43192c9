using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using CsCheck;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Searching;
using MmapPS.Bytes.Sources;
using MmapPS.Unit.Bytes.Support;
using MmapPS.Unit.Support;
using Xunit;

namespace MmapPS.Unit.Bytes.Searching;

public class ByteSearcherTests
{
    // Few different bytes, so that there are matches, near matches and overlaps.
    private static readonly Gen<byte> Letter = Gen.OneOf((byte)0, (byte)'a', (byte)'A', (byte)'b', (byte)0xFF);

    private static readonly Gen<byte[]> Data = Gen.Frequency(
        (4, Letter.Array[0, 400]),
        (1, Gen.Byte.Array[0, 400]),
        (1, Gen.Int[0, 400].Select(length => new byte[length])));

    private static readonly Gen<BytePattern> Pattern = Gen.Frequency(
        (3, Letter.Array[1, 5].Select(BytePattern.FromBytes)),
        (1, Letter.Array[1, 90].Select(BytePattern.FromBytes)),
        (1, Gen.Int[1, 90].Select(length => BytePattern.FromBytes(new byte[length]))),
        (2, Letter.Array[1, 4].Select(bytes => BytePattern.FromBytes(bytes).IgnoringCase())),
        (2, Gen.OneOf("61", "??", "?1", "6?", "00", "ff", "41").Array[1, 5].Select(parts => BytePattern.Parse(string.Join(' ', parts)))));

    [Fact]
    public void Every_match_is_found_once_whatever_the_chunks_and_threads() =>
        Gen.Select(Data, Pattern.Array[1, 4], TestScan.Settings, Gen.Int[0, 50], Gen.Int[0, 50], Gen.Bool).Sample((data, patterns, settings, skip, cut, direct) =>
        {
            (long offset, long length) = Range(data, skip, cut);
            List<ByteMatch> all = NaiveSearch.All(patterns, data, offset, length);
            var source = new ArraySource(data) { IsDirect = direct };
            var overlapping = new ByteSearcher(patterns, overlapping: true);
            Assert.Equal(all, overlapping.Find(new SourceRange(source, offset, length), settings));
            Assert.Equal(all.Count, overlapping.Count(new SourceRange(source, offset, length), settings));
            var separate = new ByteSearcher(patterns);
            Assert.Equal(NaiveSearch.Forward(all), separate.Find(new SourceRange(source, offset, length), settings));
            Assert.Equal(NaiveSearch.Forward(all).Count, separate.Count(new SourceRange(source, offset, length), settings));
            Assert.Equal(NaiveSearch.Backward(all), separate.FindBackward(new SourceRange(source, offset, length), settings));
            Assert.Equal(
                all.OrderByDescending(match => match.Offset).ThenBy(match => match.Pattern),
                overlapping.FindBackward(new SourceRange(source, offset, length), settings));
        });

    [Fact]
    public void Matches_beside_holes_are_found_without_reading_the_holes() =>
        Gen.Select(SparseBytes.Generator, Pattern.Array[1, 3], SparseBytes.Settings, Gen.Int[0, 50], Gen.Int[0, 50])
            .Sample((sparse, patterns, settings, skip, cut) =>
            {
                (long offset, long length) = Range(sparse.Bytes, skip, cut);
                List<ByteMatch> all = NaiveSearch.All(patterns, sparse.Bytes, offset, length);
                var range = new SourceRange(sparse.ToSource(), offset, length);
                var overlapping = new ByteSearcher(patterns, overlapping: true);
                Assert.Equal(all, overlapping.Find(range, settings));
                Assert.Equal(all.Count, overlapping.Count(range, settings));
                var separate = new ByteSearcher(patterns);
                Assert.Equal(NaiveSearch.Forward(all), separate.Find(range, settings));
                Assert.Equal(NaiveSearch.Backward(all), separate.FindBackward(range, settings));
            });

    [Fact]
    public void A_long_hole_is_left_out_and_counts_as_done()
    {
        long done = 0;
        var source = new ArraySource(new byte[1000]) { Holes = [(0, 990)], FaultAt = 100, FaultEnd = 800 };
        ScanSettings settings = new() { ChunkSize = 10, LongHole = 16, Work = new WatchedWork(bytes => done += bytes) };
        Assert.Empty(new ByteSearcher([BytePattern.Parse("00 01")]).Find(new SourceRange(source, 0, 1000), settings));
        Assert.Equal(1000, done);
        Assert.Throws<PageFaultException>(
            () => new ByteSearcher([BytePattern.Parse("00 ??")]).Count(new SourceRange(source, 0, 1000), settings));
    }

    [Fact]
    public void A_part_of_the_data_is_found_again() =>
        Gen.Select(Gen.Byte.Array[1, 2000], Gen.Int[0, 1999], Gen.Int[1, 2000], TestScan.Settings).Sample((data, at, length, settings) =>
        {
            at %= data.Length;
            byte[] part = data.AsSpan(at, Math.Min(length, data.Length - at)).ToArray();
            var searcher = new ByteSearcher([BytePattern.FromBytes(part)], overlapping: true);
            Assert.Contains(new ByteMatch(at, part.Length, 0), searcher.Find(new SourceRange(new ArraySource(data), 0, data.Length), settings));
        });

    [Theory]
    [InlineData("70 6c 61 63 65 2d 74 6f 2d 65 64 69 74")]
    [InlineData("2d ?? ?? 2d")]
    [InlineData("31 37 54 30 38")]
    [InlineData("2d 3? ?? 2d")]
    [InlineData("2d")]
    public void Bytes_that_are_rare_elsewhere_and_common_here_slow_nothing_down_to_wrong_matches(string hex)
    {
        byte[] line = "2024-05-17T08:15:31 INFO request served\n"u8.ToArray();
        byte[] data = Enumerable.Range(0, 2000).SelectMany(i => i % 97 == 5 ? [.. "place-to-edit"u8, .. line] : line).ToArray();
        BytePattern[] patterns = [BytePattern.Parse(hex)];
        var source = new SourceRange(new ArraySource(data), 0, data.Length);
        Assert.Equal(NaiveSearch.All(patterns, data, 0, data.Length), new ByteSearcher(patterns, overlapping: true).Find(source, TestScan.With(30_000)));
    }

    [Fact]
    public void A_pattern_across_each_chunk_border_is_found()
    {
        byte[] needle = "needle\0x"u8.ToArray();
        for (int at = 0; at <= 200 - needle.Length; at++)
        {
            byte[] data = new byte[200];
            needle.CopyTo(data, at);
            var searcher = new ByteSearcher([BytePattern.FromBytes(needle)]);
            foreach (int chunk in new[] { 1, 7, 8, 9, 32, 33, 64 })
            {
                Assert.Equal([new ByteMatch(at, needle.Length, 0)], searcher.Find(new SourceRange(new ArraySource(data), 0, 200), TestScan.With(chunk)));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void The_last_matches_come_in_order_of_offset(int count)
    {
        byte[] data = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("..ab", 40)));
        var searcher = new ByteSearcher([BytePattern.FromBytes("ab"u8.ToArray())]);
        IEnumerable<long> expected = Enumerable.Range(40 - count, count).Select(i => (i * 4L) + 2);
        Assert.Equal(expected, searcher.FindLast(new SourceRange(new ArraySource(data), 0, data.Length), count, TestScan.With(16)).Select(match => match.Offset));
    }

    [Fact]
    public void An_empty_range_has_no_match() =>
        Assert.Empty(new ByteSearcher([BytePattern.Parse("??")]).Find(new SourceRange(new ArraySource([1, 2]), 1, 0), ScanSettings.Default));

    [Fact]
    public void Direct_memory_is_searched_without_a_read()
    {
        var source = new ArraySource("xxabxx"u8.ToArray()) { IsDirect = true };
        Assert.Equal([new ByteMatch(2, 2, 0)], new ByteSearcher([BytePattern.FromBytes("ab"u8.ToArray())]).Find(new SourceRange(source, 0, 6), ScanSettings.Default));
        Assert.Equal((0, 0), (source.Reads, source.Lent));
    }

    [Fact]
    public void Matches_before_a_bad_byte_come_before_the_error() =>
        Gen.Select(Letter.Array[1, 300], Pattern.Array[1, 3], TestScan.Settings, Gen.Int[0, 299]).Sample((data, patterns, settings, fault) =>
        {
            fault %= data.Length;
            var source = new ArraySource(data) { FaultAt = fault };
            var found = new List<ByteMatch>();
            PageFaultException error = Assert.Throws<PageFaultException>(() =>
                Collect(new ByteSearcher(patterns, overlapping: true).Find(new SourceRange(source, 0, data.Length), settings), found));
            Assert.Equal(NaiveSearch.All(patterns, data, 0, fault), found);
            Assert.Equal($"No byte at {fault}.", error.Message);
        });

    [Fact]
    public void Matches_behind_a_bad_byte_come_before_the_error_when_searching_backward() =>
        Gen.Select(Letter.Array[1, 300], Pattern.Array[1, 3], TestScan.Settings, Gen.Int[0, 299], Gen.Int[1, 50]).Sample(
            (data, patterns, settings, fault, length) =>
            {
                fault %= data.Length;
                int end = Math.Min(fault + length, data.Length);
                var source = new ArraySource(data) { FaultAt = fault, FaultEnd = end };
                var found = new List<ByteMatch>();
                Assert.Throws<PageFaultException>(() =>
                    Collect(new ByteSearcher(patterns).FindBackward(new SourceRange(source, 0, data.Length), settings), found));
                Assert.Equal(NaiveSearch.Backward(NaiveSearch.All(patterns, data, end, data.Length - end)), found);
            });

    [Fact]
    public void Taking_the_first_match_stops_the_reading()
    {
        byte[] data = new byte[1 << 20];
        data[10] = 1;
        var source = new ArraySource(data);
        var searcher = new ByteSearcher([BytePattern.Parse("01")]);
        Assert.Equal(10, searcher.Find(new SourceRange(source, 0, data.Length), TestScan.With(1024)).First().Offset);
        int reads = source.Reads;
        Assert.InRange(reads, 1, 200);

        // Earlier work in the queue has begun when later work has.
        using var begun = new ManualResetEventSlim();
        ThreadPool.UnsafeQueueUserWorkItem(_ => begun.Set(), null);
        begun.Wait(TestContext.Current.CancellationToken);
        Assert.Equal(reads, source.Reads);
    }

    [Fact]
    public void A_consumer_that_takes_slowly_is_not_run_ahead_of()
    {
        const int Chunk = 16 * 1024;
        const int MaxReadsAhead = 24;
        var source = new ArraySource(new byte[1 << 20]);
        foreach (ByteMatch match in new ByteSearcher([BytePattern.Parse("00")]).Find(new SourceRange(source, 0, source.Length), TestScan.With(Chunk)))
        {
            Assert.InRange(source.Reads, 1, (match.Offset / Chunk) + MaxReadsAhead);
        }
    }

    [Fact]
    public void Cancelling_ends_the_search()
    {
        using var stop = new CancellationTokenSource();
        byte[] data = new byte[1 << 16];
        IEnumerable<ByteMatch> matches = new ByteSearcher([BytePattern.Parse("00")])
            .Find(new SourceRange(new ArraySource(data), 0, data.Length), TestScan.Until(64, 3, stop.Token));
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (ByteMatch match in matches)
            {
                if (match.Offset == 100)
                {
                    stop.Cancel();
                }
            }
        });
    }

    [Fact]
    public void Progress_counts_every_byte_on_the_consuming_thread()
    {
        int thread = Environment.CurrentManagedThreadId;
        long done = 0;
        var settings = new ScanSettings
        {
            ChunkSize = 100,
            ParallelFrom = 0,
            Work = new WatchedWork(bytes =>
            {
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
                done += bytes;
            }),
        };
        Assert.Equal(0, new ByteSearcher([BytePattern.Parse("01")]).Count(new SourceRange(new ArraySource(new byte[12345]), 45, 12300), settings));
        Assert.Equal(12300, done);
    }

    [Fact]
    public void An_error_other_than_a_bad_byte_reaches_the_consumer() =>
        Assert.Throws<InvalidOperationException>(() =>
            new ByteSearcher([BytePattern.Parse("01")]).Count(new SourceRange(new BrokenSource(), 0, 1000), TestScan.With(10)));

    [Theory]
    [InlineData("aaaa", "a")]
    [InlineData("abababababababababababababababab", "ab")]
    [InlineData("aaaaaaaaaaaaaaaab", "a")]
    [InlineData("baaaaaaaaaaaaaaaa", "a")]
    public void Periodic_data_is_searched_exactly(string needle, string unit)
    {
        byte[] data = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(unit, 20000 / unit.Length)));
        data[15000] = (byte)'b';
        BytePattern[] patterns = [BytePattern.FromBytes(Encoding.ASCII.GetBytes(needle))];
        List<ByteMatch> all = NaiveSearch.All(patterns, data, 0, data.Length);
        Assert.Equal(all, new ByteSearcher(patterns, overlapping: true).Find(new SourceRange(new ArraySource(data), 0, data.Length), ScanSettings.Default));
        Assert.Equal(
            NaiveSearch.Forward(all).Count, new ByteSearcher(patterns).Count(new SourceRange(new ArraySource(data), 0, data.Length), TestScan.With(4096)));
    }

    private static (long Offset, long Length) Range(byte[] data, int skip, int cut)
    {
        int offset = Math.Min(skip, data.Length);
        return (offset, Math.Max(0, data.Length - offset - cut));
    }

    // Unlike AddRange, keeps the items before an exception.
    private static void Collect(IEnumerable<ByteMatch> matches, List<ByteMatch> found)
    {
        foreach (ByteMatch match in matches)
        {
            found.Add(match);
        }
    }

    private sealed class BrokenSource : IByteSource
    {
        public long Length => 1000;

        public void Read(long offset, Span<byte> destination) => throw new InvalidOperationException();

        public bool TryLend(long offset, int length, out LentBytes bytes)
        {
            bytes = default;
            return false;
        }

        public long CountZeros(long offset, long length) => 0;
    }
}
