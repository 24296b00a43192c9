using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace EngineHost.Specs;

/// <summary>An It, and what became of it.</summary>
internal sealed class SpecTest(SpecBlock parent, string name, ScriptBlock body, SpecData data, bool skip)
    : SpecNode(parent, name, body, data, skip)
{
    public override IEnumerable<SpecTest> Tests => [this];

    public SpecOutcome Outcome { get; set; } = SpecOutcome.NotRun;

    /// <summary>Why it was skipped.</summary>
    public string? Reason { get; set; }

    public TimeSpan Duration { get; set; }
}
