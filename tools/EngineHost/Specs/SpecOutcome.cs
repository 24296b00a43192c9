namespace EngineHost.Specs;

/// <summary>What became of a test.</summary>
internal enum SpecOutcome
{
    /// <summary>The filter left it out, or the run was stopped before it.</summary>
    NotRun,
    Passed,
    Failed,

    /// <summary>Skipped by -Skip or Set-ItResult -Skipped, or found inconclusive.</summary>
    Skipped,
}
