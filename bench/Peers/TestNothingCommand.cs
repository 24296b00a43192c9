using System.Management.Automation;

namespace MmapPS.Bench;

/// <summary>An empty compiled cmdlet: measures the time of the engine to pass objects through a pipeline.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Nothing")]
public sealed class TestNothingCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public object? Value { get; set; }

    protected override void ProcessRecord()
    {
    }
}
