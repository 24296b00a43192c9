using System;
using System.Management.Automation;

namespace EngineHost.Specs.Commands;

/// <summary>BeforeAll, BeforeEach, AfterEach and AfterAll.</summary>
[Cmdlet(VerbsCommon.Add, "SpecSetup")]
[Alias(nameof(SetupKind.BeforeAll), nameof(SetupKind.BeforeEach), nameof(SetupKind.AfterEach), nameof(SetupKind.AfterAll))]
public sealed class AddSpecSetupCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Body { get; set; } = null!;

    protected override void EndProcessing() =>
        SpecRun.Current.Discovering.Add(Enum.Parse<SetupKind>(MyInvocation.InvocationName, ignoreCase: true), Body);
}
