using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CsCheck;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;
using MmapPS.Unit.Bytes.Support;
using MmapPS.Unit.Support;
using Xunit;

namespace MmapPS.Unit.Bytes.Scanning;

public class BlockScanTests
{
    [Fact]
    public void Every_block_has_its_bytes_and_they_come_in_order() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, 40], Gen.Int[1, 400], TestScan.Settings, Gen.Bool)
            .Sample((data, skip, size, settings, whole) =>
            {
                skip = Math.Min(skip, data.Length);
                Collected all = new();
                Block<byte[]>[] blocks = Read(new ArraySource(data), skip, data.Length - skip, whole ? null : size, settings, all);
                byte[] range = data[skip..];
                byte[][] expected = whole ? [range] : [.. range.Chunk(size)];
                Assert.Equal(expected, blocks.Select(block => block.Value));
                Assert.Equal(expected.Select(part => (long)part.Length), blocks.Select(block => block.Length));
                Assert.Equal(expected.Select((_, i) => skip + ((long)i * size)), blocks.Select(block => block.Offset));
                Assert.Equal(all.Made, all.Disposed);
            });

    [Fact]
    public void Blocks_before_a_bad_byte_come_before_the_error() =>
        Gen.Select(Gen.Byte.Array[1, 300], Gen.Int[0, 299], Gen.Int[1, 400], TestScan.Settings).Sample((data, fault, size, settings) =>
        {
            fault %= data.Length;
            var source = new ArraySource(data) { FaultAt = fault };
            var blocks = new List<Block<byte[]>>();
            Collected all = new();
            Assert.Throws<PageFaultException>(() =>
            {
                foreach (Block<byte[]> block in BlockScan.Read(new SourceRange(source, 0, data.Length), size, settings, all.Create))
                {
                    blocks.Add(block);
                }
            });
            Assert.Equal(data.Chunk(size).Take(fault / size), blocks.Select(block => block.Value));
            Assert.Equal(all.Made, all.Disposed);
        });

    [Fact]
    public void All_bytes_are_told_on_the_thread_that_asked() =>
        Gen.Select(Gen.Int[0, 2000], Gen.Int[1, 3000], TestScan.Settings).Sample((length, size, settings) =>
        {
            long done = 0;
            int thread = Environment.CurrentManagedThreadId;
            var work = new WatchedWork(bytes =>
            {
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
                done += bytes;
            });
            var watched = new ScanSettings { ChunkSize = settings.ChunkSize, Threads = settings.Threads, ParallelFrom = 0, Work = work };
            Read(new ArraySource(new byte[length]), 0, length, size, watched, new Collected());
            Assert.Equal(length, done);
        });

    [Fact]
    public void A_long_block_stops_in_its_middle()
    {
        using var stop = new CancellationTokenSource();
        var source = new ArraySource(new byte[1000]);
        var work = new WatchedWork(_ => stop.Cancel(), stop.Token);
        var settings = new ScanSettings { ChunkSize = 10, Threads = 1, Work = work };
        Assert.Throws<OperationCanceledException>(() => Read(source, 0, 1000, null, settings, new Collected()));
        Assert.InRange(source.Reads, 1, 3);
    }

    [Fact]
    public void A_digest_that_cannot_be_made_is_an_error_of_the_caller_on_any_number_of_threads() =>
        TestScan.Settings.Sample(settings => Assert.Throws<NotSupportedException>(() =>
            BlockScan.Read<int>(new SourceRange(new ArraySource(new byte[500]), 0, 500), 1, settings, () => throw new NotSupportedException())
                .Count()));

    [Fact]
    public void A_block_size_may_be_any_number() =>
        Assert.Equal(5, Read(new ArraySource(new byte[9]), 4, 5, long.MaxValue, TestScan.With(3), new Collected()).Single().Length);

    private static Block<byte[]>[] Read(ArraySource source, long offset, long length, long? size, ScanSettings settings, Collected all) =>
        [.. BlockScan.Read(new SourceRange(source, offset, length), size, settings, all.Create)];

    /// <summary>Makes digests whose result is the block itself, and counts them.</summary>
    private sealed class Collected
    {
        private int _made;
        private int _disposed;

        public int Made => _made;

        public int Disposed => _disposed;

        public IBlockDigest<byte[]> Create()
        {
            Interlocked.Increment(ref _made);
            return new Digest(this);
        }

        private sealed class Digest(Collected owner) : IBlockDigest<byte[]>
        {
            private readonly List<byte> _bytes = [];

            public void Append(byte[] bytes, int start, int count) => _bytes.AddRange(bytes.AsSpan(start, count));

            public byte[] Finish()
            {
                byte[] all = [.. _bytes];
                _bytes.Clear();
                return all;
            }

            public void Dispose() => Interlocked.Increment(ref owner._disposed);
        }
    }
}
