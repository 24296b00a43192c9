using System.Management.Automation;

namespace EngineHost.Specs.Commands;

/// <summary>What Describe, Context and It have in common.</summary>
public abstract class SpecNodeCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = null!;

    [Parameter(Position = 1)]
    public ScriptBlock? Body { get; set; }

    [Parameter]
    [Alias("TestCases")]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? ForEach { get; set; }

    [Parameter]
    public SwitchParameter Skip { get; set; }

    /// <summary>Taken and not used: the filter goes by name.</summary>
    [Parameter]
    public string[]? Tag { get; set; }

    protected override void EndProcessing()
    {
        if (Body is null)
        {
            throw new PSArgumentException($"'{Name}' has no script block. Its brace must open on the same line.");
        }

        bool eachGiven = MyInvocation.BoundParameters.ContainsKey(nameof(ForEach));
        foreach (SpecData data in SpecData.Of(Name, eachGiven ? ForEach ?? [] : null))
        {
            Declare(Body, data);
        }
    }

    private protected abstract void Declare(ScriptBlock body, SpecData data);
}
