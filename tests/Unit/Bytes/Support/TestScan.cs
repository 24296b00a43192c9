using System.Threading;
using CsCheck;
using MmapPS.Bytes.Scanning;
using MmapPS.Unit.Support;

namespace MmapPS.Unit.Bytes.Support;

/// <summary>Settings that make small data large: tiny chunks, several threads.</summary>
internal static class TestScan
{
    /// <summary>Chunk sizes for which matches cross borders, with one thread or several.</summary>
    public static readonly Gen<ScanSettings> Settings =
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 4]).Select((chunkSize, threads) => With(chunkSize, threads));

    public static ScanSettings With(int chunkSize, int threads = 3) => Until(chunkSize, threads, CancellationToken.None);

    public static ScanSettings Until(int chunkSize, int threads, CancellationToken stop) =>
        new() { ChunkSize = chunkSize, Threads = threads, ParallelFrom = 0, Work = new WatchedWork(_ => { }, stop) };
}
