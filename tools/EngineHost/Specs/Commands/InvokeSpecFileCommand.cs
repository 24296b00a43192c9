using System.Management.Automation;

namespace EngineHost.Specs.Commands;

/// <summary>Runs one spec file in the session it is called in.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SpecFile")]
public sealed class InvokeSpecFileCommand : PSCmdlet
{
    /// <summary>The file's run, a <see cref="SpecRun"/>.</summary>
    [Parameter(Mandatory = true)]
    public object Run { get; set; } = null!;

    protected override void EndProcessing() => ((SpecRun)Run).Execute(new SpecScope(InvokeCommand), SessionState);
}
