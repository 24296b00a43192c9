using System.Management.Automation;

namespace EngineHost.Specs.Commands;

/// <summary>The parts of Pester that this runner has not: a spec that needs them must not look as if it had run.</summary>
[Cmdlet(VerbsLifecycle.Stop, "Spec")]
[Alias("Mock", "InModuleScope")]
public sealed class StopSpecCommand : PSCmdlet
{
    [Parameter(ValueFromRemainingArguments = true)]
    public object[]? Rest { get; set; }

    protected override void EndProcessing() => throw new PSNotSupportedException(
        $"{MyInvocation.InvocationName} is not part of EngineHost's spec runner. "
        + "The specs here do without it, so that they run under Pester and EngineHost alike.");
}
