using System.Collections.Generic;
using System.Linq;
using System.Text;
using BenchmarkDotNet.Attributes;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Searching;
using MmapPS.Bytes.Sources;

namespace MmapPS.Kernels;

/// <summary>Searches in 64 MiB of a log.</summary>
[MemoryDiagnoser]
public class SearchBenchmarks
{
    private static readonly Dictionary<string, BytePattern[]> s_patterns = new()
    {
        ["absent"] = [Text("zqXabsent")],
        ["frequent"] = [Text("page")],
        ["byte"] = [Text("\n")],
        ["ignore case"] = [Text("timeout error", ignoreCase: true)],
        ["masked"] = [BytePattern.Parse("7? ?? 67 65 20")],
        ["five"] = [Text("Needle"), Text("Haystack"), Text("zqX"), Text("Quux"), Text("Foo")],
    };

    private readonly IByteSource _log = Data.Log();

    [Params("absent", "frequent", "byte", "ignore case", "masked", "five")]
    public string Pattern { get; set; } = string.Empty;

    [Params(1, 2)]
    public int Threads { get; set; }

    [Benchmark]
    public long Count() => Searcher(Pattern).Count(new SourceRange(_log, 0, _log.Length), Settings);

    [Benchmark]
    public int Find() => Searcher(Pattern).Find(new SourceRange(_log, 0, _log.Length), Settings).Count();

    private ScanSettings Settings => new() { Threads = Threads };

    private static ByteSearcher Searcher(string pattern) => new(s_patterns[pattern]);

    private static BytePattern Text(string text, bool ignoreCase = false) => BytePattern.FromText(text, Encoding.ASCII, ignoreCase);
}
