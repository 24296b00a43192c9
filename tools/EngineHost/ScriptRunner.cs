using System.Management.Automation.Language;
using EngineHost.Hosting;

namespace EngineHost;

/// <summary>Runs one script or command text, with pwsh's exit codes.</summary>
internal static class ScriptRunner
{
    private const int Failed = 1;

    public static int Run(HostOptions options)
    {
        using var session = new Session(new ConsoleHost(options.NonInteractive));
        foreach (string module in options.Modules)
        {
            if (!session.Import(module))
            {
                return session.ExitCode ?? Failed;
            }
        }

        bool succeeded = session.Run(TextOf(options), options.ScriptArguments) && session.LastStatementSucceeded;
        return session.ExitCode ?? (succeeded ? 0 : Failed);
    }

    // A script keeps its `exit` to itself: all that its caller sees of it is `$?` and `$LASTEXITCODE`.
    private static string TextOf(HostOptions options) =>
        options.Command ?? $". '{CodeGeneration.EscapeSingleQuotedStringContent(options.Script)}' @args; if (-not $?) {{ exit $LASTEXITCODE }}";
}
