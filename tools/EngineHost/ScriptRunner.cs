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

        bool succeeded = session.Run(TextOf(options)) && session.LastStatementSucceeded;
        return session.ExitCode ?? (succeeded ? 0 : Failed);
    }

    // A script keeps its `exit` to itself: all that its caller sees of it is `$?` and `$LASTEXITCODE`. One that does not parse or
    // does not take its arguments leaves no exit code.
    private static string TextOf(HostOptions options) =>
        options.Command ??
        $". {ScriptArguments.Quoted(options.Script!)}{ScriptArguments.ToSource(options.ScriptArguments)}; "
        + "if (-not $?) { exit $LASTEXITCODE ?? 1 }";
}
