using System.Management.Automation;

namespace EngineHost.Specs.Commands;

/// <summary>Describe and Context.</summary>
[Cmdlet(VerbsCommon.Add, "SpecBlock")]
[Alias("Describe", "Context")]
public sealed class AddSpecBlockCommand : SpecNodeCommand
{
    private protected override void Declare(ScriptBlock body, SpecData data)
    {
        SpecRun run = SpecRun.Current;
        run.Enter(new SpecBlock(run.Discovering, Name, body, data, Skip), new SpecScope(InvokeCommand));
    }
}
