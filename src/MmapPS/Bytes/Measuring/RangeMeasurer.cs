using System.Collections.Generic;
using System.Linq;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Measuring;

/// <summary>Measures a range, or each block of it.</summary>
internal static class RangeMeasurer
{
    /// <summary>The statistics in order, each as soon as it is known; on several threads.</summary>
    /// <param name="range">The range.</param>
    /// <param name="blockSize">Bytes of a block, 1 or more; the last one may be shorter. Null: the whole range is one block.</param>
    /// <param name="settings">Settings of the work.</param>
    /// <exception cref="MappingException">The source failed.</exception>
    /// <exception cref="System.OperationCanceledException">The work was stopped.</exception>
    public static IEnumerable<Block<ByteStatistics>> Measure(SourceRange range, long? blockSize, ScanSettings settings)
    {
        if (blockSize < settings.ParallelFrom)
        {
            return BlockScan.Read(
                range, blockSize, settings, () => new HistogramDigest<ByteStatistics>(counts => ByteStatistics.Of(counts)));
        }

        // Several threads share a large block.
        IEnumerable<SourceRange> blocks = blockSize is { } size ? Split(range, size) : [range];
        return blocks.Select(block => new Block<ByteStatistics>(block.Offset, block.Length, MeasureLarge(block, settings)));
    }

    private static IEnumerable<SourceRange> Split(SourceRange range, long size)
    {
        for (long done = 0; done < range.Length;)
        {
            long length = System.Math.Min(size, range.Length - done);
            yield return new SourceRange(range.Source, range.Offset + done, length);
            done += length;
        }
    }

    // Adds the histograms of small parts; long holes are not read.
    private static ByteStatistics MeasureLarge(SourceRange block, ScanSettings settings)
    {
        long[] sums = new long[256];
        var filter = new HoleFilter(block.Source.CountZeros, settings) { Hole = AddHole };
        foreach ((long offset, long length) in filter.Filter(block.Offset, block.Length))
        {
            var part = new SourceRange(block.Source, offset, length);
            foreach (Block<long[]> piece in BlockScan.Read(part, settings.ChunkSize, settings, CreateDigest))
            {
                for (int value = 0; value < sums.Length; value++)
                {
                    sums[value] += piece.Value[value];
                }
            }
        }

        return ByteStatistics.Of(sums);

        void AddHole(long offset, long length)
        {
            sums[0] += length;
            settings.Work.Advance(length);
        }

        static HistogramDigest<long[]> CreateDigest() => new(counts => (long[])counts.Clone());
    }
}
