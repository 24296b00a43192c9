using System;
using System.Linq;
using CsCheck;
using MmapPS.Bytes.Measuring;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;
using MmapPS.Unit.Bytes.Support;
using Xunit;

namespace MmapPS.Unit.Bytes.Measuring;

public class RangeMeasurerTests
{
    private static readonly Gen<byte[]> Data = Gen.OneOf(
        Gen.Byte.Array[0, 300], Gen.OneOf<byte>(0, 0x1F, 0x20, 0x7E, 0x7F, 0xFF).Array[0, 300]);

    [Fact]
    public void Small_and_large_blocks_are_what_counting_says() =>
        Gen.Select(Data, Gen.Int[1, 400], TestScan.Settings, Gen.Int[0, 200]).Sample((data, size, settings, parallelFrom) =>
        {
            var chosen = new ScanSettings { ChunkSize = settings.ChunkSize, Threads = settings.Threads, ParallelFrom = parallelFrom };
            var range = new SourceRange(new ArraySource(data), 0, data.Length);
            Block<ByteStatistics>[] blocks = [.. RangeMeasurer.Measure(range, size, chosen)];
            byte[][] expected = [.. data.Chunk(size)];
            Assert.Equal(expected.Length, blocks.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal((long)i * size, blocks[i].Offset);
                Assert.Equal(expected[i].Length, blocks[i].Length);
                AssertNaive(expected[i], blocks[i].Value);
            }
        });

    [Fact]
    public void A_range_with_holes_is_measured_without_reading_them() =>
        Gen.Select(SparseBytes.Generator, SparseBytes.Settings).Sample((sparse, settings) => AssertNaive(
            sparse.Bytes, RangeMeasurer.Measure(new SourceRange(sparse.ToSource(), 0, sparse.Bytes.Length), null, settings).Single().Value));

    [Fact]
    public void Blocks_before_a_bad_byte_come_before_the_error() =>
        Gen.Select(Data.Where(data => data.Length > 0), Gen.Int[0, 299], Gen.Int[1, 100], TestScan.Settings, Gen.Int[0, 200])
            .Sample((data, fault, size, settings, parallelFrom) =>
            {
                fault %= data.Length;
                var chosen = new ScanSettings { ChunkSize = settings.ChunkSize, Threads = settings.Threads, ParallelFrom = parallelFrom };
                int found = 0;
                Assert.Throws<PageFaultException>(() =>
                {
                    var source = new ArraySource(data) { FaultAt = fault };
                    foreach (Block<ByteStatistics> block in RangeMeasurer.Measure(new SourceRange(source, 0, data.Length), size, chosen))
                    {
                        AssertNaive(data.AsSpan((int)block.Offset, (int)block.Length).ToArray(), block.Value);
                        found++;
                    }
                });
                Assert.Equal(fault / size, found);
            });

    [Fact]
    public void Nothing_has_no_entropy() =>
        Assert.Equal(default, RangeMeasurer.Measure(new SourceRange(new ArraySource([]), 0, 0), null, TestScan.With(4)).Single().Value);

    [Theory]
    [InlineData(0, "[                ]")]
    [InlineData(0.1, "[.               ]")]
    [InlineData(0.25, "[o               ]")]
    [InlineData(0.5, "[O               ]")]
    [InlineData(4, "[OOOOOOOO        ]")]
    [InlineData(7.997, "[OOOOOOOOOOOOOOOo]")]
    [InlineData(8, "[OOOOOOOOOOOOOOOO]")]
    public void A_picture_has_a_cell_for_half_a_bit(double entropy, string picture) => Assert.Equal(picture, EntropyPicture.Draw(entropy));

    private static void AssertNaive(byte[] bytes, ByteStatistics found)
    {
        double entropy = bytes.GroupBy(value => value).Sum(group => -((double)group.Count() / bytes.Length) *
            Math.Log2((double)group.Count() / bytes.Length));
        Assert.Equal(entropy, found.Entropy, 1e-9);
        Assert.Equal(bytes.Count(value => value == 0), found.Zero);
        Assert.Equal(bytes.Count(value => value is >= 0x20 and <= 0x7E), found.Printable);
        Assert.Equal(bytes.Distinct().Count(), found.Distinct);
    }
}
