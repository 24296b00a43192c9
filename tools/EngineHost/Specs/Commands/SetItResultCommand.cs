using System.Management.Automation;

namespace EngineHost.Specs.Commands;

/// <summary>Ends the test that is running as skipped or inconclusive.</summary>
[Cmdlet(VerbsCommon.Set, "ItResult")]
public sealed class SetItResultCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ParameterSetName = nameof(Skipped))]
    public SwitchParameter Skipped { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Inconclusive))]
    public SwitchParameter Inconclusive { get; set; }

    [Parameter]
    public string? Because { get; set; }

    protected override void EndProcessing()
    {
        _ = SpecRun.Current.Running;
        string reason = Inconclusive ? "inconclusive: " + Because : Because ?? string.Empty;
        ThrowTerminatingError(new ErrorRecord(new TestNotDecidedException(reason), ParameterSetName, ErrorCategory.OperationStopped, null));
    }
}
