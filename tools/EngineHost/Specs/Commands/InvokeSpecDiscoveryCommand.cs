using System.Management.Automation;

namespace EngineHost.Specs.Commands;

/// <summary>BeforeDiscovery: runs at once, in the scope that it stands in.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SpecDiscovery")]
[Alias("BeforeDiscovery")]
public sealed class InvokeSpecDiscoveryCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Body { get; set; } = null!;

    protected override void EndProcessing()
    {
        _ = SpecRun.Current.Discovering;
        if (new SpecScope(InvokeCommand).Run(Body, SpecData.None) is { } error)
        {
            ThrowTerminatingError(error);
        }
    }
}
