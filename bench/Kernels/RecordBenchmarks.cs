using System.Linq;
using BenchmarkDotNet.Attributes;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;
using MmapPS.Bytes.Values;

namespace MmapPS.Kernels;

/// <summary>Reads a million records of 32 bytes.</summary>
[MemoryDiagnoser]
public class RecordBenchmarks
{
    private const int Count = 1_000_000;

    private readonly IByteSource _source = Data.Log();
    private readonly RecordLayout _layout = RecordLayout.Parse(
        [new("Magic", "UInt32BE"), new("Name", "Ascii[16]"), new("Size", "UInt64"), new("Flags", "Int32")], bigEndian: false);

    [Benchmark]
    public int Read() => ValueReader
        .Read(new SourceRange(_source, 0, _source.Length), _layout.Size, _layout.Size, Count, _layout.Read, ScanSettings.Default)
        .Count();
}
