namespace MmapPS.Runner;

/// <summary>What a process of EngineHost left.</summary>
internal sealed record HostResult(int ExitCode, string Output, string ErrorOutput)
{
    public string[] Lines { get; } = Output.Split('\n', System.StringSplitOptions.RemoveEmptyEntries);

    public string LastLine => Lines.Length == 0 ? string.Empty : Lines[^1];
}
