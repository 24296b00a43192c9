using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace EngineHost.Hosting;

/// <summary>The host that the engine talks to: this process and its console.</summary>
internal sealed class ConsoleHost(bool nonInteractive) : PSHost, IDisposable
{
    private readonly ConsoleInterface console = new(nonInteractive || Console.IsInputRedirected);

    public override string Name => "EngineHost";

    public override Version Version { get; } = typeof(ConsoleHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => console;

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <summary>What a script's `exit` asked for, if it did.</summary>
    public int? ExitCode { get; private set; }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("EngineHost has no nested prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("EngineHost has no nested prompt.");

    // A native program shares the console; the progress line must be out of its way.
    public override void NotifyBeginApplication() => console.ClearProgress();

    public override void NotifyEndApplication()
    {
    }

    public void Dispose() => console.ClearProgress();
}
