using System.Management.Automation;

namespace EngineHost.Specs.Commands;

/// <summary>It.</summary>
[Cmdlet(VerbsCommon.Add, "SpecTest")]
[Alias("It")]
public sealed class AddSpecTestCommand : SpecNodeCommand
{
    private protected override void Declare(ScriptBlock body, SpecData data)
    {
        SpecRun run = SpecRun.Current;
        if (run.IsTopLevel)
        {
            throw new PSInvalidOperationException($"It '{Name}' is outside Describe and Context.");
        }

        run.Discovering.Children.Add(new SpecTest(run.Discovering, Name, body, data, Skip));
    }
}
