using System;
using System.Collections.Generic;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Scanning;

/// <summary>
/// Makes a result for each block of a range, on several threads, in order. Blocks before a bad byte come before the error.
/// </summary>
internal static class BlockScan
{
    // Blocks in a chunk: enough to make a read, and what the threads say to each other, cheap for blocks of a few bytes.
    private const int MaxBlocksInChunk = 1024;

    /// <summary>Reads the range block by block.</summary>
    /// <param name="range">The range.</param>
    /// <param name="blockSize">
    /// Bytes of a block, 1 or more; the last one may be shorter. Null: the whole range, even an empty one, is one block.
    /// </param>
    /// <param name="settings">Settings of the work.</param>
    /// <param name="createDigest">Makes what makes the results; called for each thread.</param>
    /// <exception cref="MappingException">The source failed.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static IEnumerable<Block<T>> Read<T>(
        SourceRange range, long? blockSize, ScanSettings settings, Func<IBlockDigest<T>> createDigest)
    {
        long size = Math.Min(blockSize ?? long.MaxValue, Math.Max(1, range.Length));
        long count = blockSize is null ? 1 : (range.Length / size) + (range.Length % size == 0 ? 0 : 1);
        int blocksInChunk = (int)Math.Min(Math.Max(1, settings.ChunkSize / size), MaxBlocksInChunk);

        // The workers themselves tell of the bytes, because a block may take long.
        var plan = new ChunkPlan(0, count, blocksInChunk) { ItemSize = 0 };
        var counting = new ScanSettings
        {
            Work = settings.Work,
            ChunkSize = blocksInChunk,
            Threads = settings.Threads,
            ParallelFrom = settings.ParallelFrom / size,
        };
        var progress = new SharedProgress(settings.Work);
        int bufferSize = (int)Math.Min(settings.ChunkSize, Math.Max(1, range.Length));
        var workers = new List<BlockWorker<T>>();
        try
        {
            using var scan = new ChunkScan<Block<T>[]>(plan, counting, CreateWorker);
            while (scan.MoveNext())
            {
                foreach (Block<T> block in scan.Current)
                {
                    yield return block;
                }
            }

            progress.Advance(0);
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }

        // Called under the lock of the scan.
        BlockWorker<T> CreateWorker()
        {
            var worker = new BlockWorker<T>(range, plan, size, bufferSize, progress, createDigest);
            workers.Add(worker);
            return worker;
        }
    }
}
