using BenchmarkDotNet.Attributes;
using MmapPS.Bytes.Comparing;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;

namespace MmapPS.Kernels;

/// <summary>Compares 64 MiB with itself.</summary>
public class CompareBenchmarks
{
    private readonly IByteSource _source = Data.Log();

    [Params(1, 2)]
    public int Threads { get; set; }

    [Benchmark]
    public bool AreEqual()
    {
        var range = new SourceRange(_source, 0, _source.Length);
        return new RangeComparer(range, range).AreEqual(new ScanSettings { Threads = Threads });
    }
}
