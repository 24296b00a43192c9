using System.Collections.Generic;
using System.Text;
using BenchmarkDotNet.Attributes;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Searching;
using MmapPS.Bytes.Sources;

namespace MmapPS.Kernels;

/// <summary>Patterns that nearly match everywhere in 64 MiB of one letter.</summary>
public class WorstCaseBenchmarks
{
    private readonly IByteSource _source = Data.Monotonous();

    /// <summary>The pattern: the same letters as the data, with one different letter.</summary>
    public static IEnumerable<string> Patterns =>
        [
            "aaaa",
            new string('a', 1000),
            new string('a', 1000) + "b",
            "b" + new string('a', 1000),
            new string('a', 500) + "b" + new string('a', 500),
        ];

    [ParamsSource(nameof(Patterns))]
    public string Pattern { get; set; } = string.Empty;

    [Benchmark]
    public long Count() => new ByteSearcher([BytePattern.FromText(Pattern, Encoding.ASCII)], overlapping: true)
        .Count(new SourceRange(_source, 0, _source.Length), ScanSettings.Default);
}
