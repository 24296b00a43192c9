using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using EngineHost.Hosting;
using EngineHost.Specs.Commands;

namespace EngineHost.Specs;

/// <summary>Runs spec files one after the other, each in a session of its own, and sums up.</summary>
internal sealed class SpecRunner(HostOptions options)
{
    private const int Failed = 1;

    private static readonly Type[] Commands =
    [
        typeof(AddSpecBlockCommand), typeof(AddSpecTestCommand), typeof(AddSpecSetupCommand), typeof(InvokeSpecDiscoveryCommand),
        typeof(AssertSpecCommand), typeof(SetItResultCommand), typeof(StopSpecCommand), typeof(InvokeSpecFileCommand),
    ];

    private readonly SpecReport report = new(Console.Out, options.Detailed);
    private readonly WildcardPattern filter = FilterOf(options.Filter);

    public int Run()
    {
        int? stopped = null;
        foreach (string file in options.Specs.SelectMany(FilesOf))
        {
            stopped = RunFile(file);
            if (stopped is not null)
            {
                report.Stop($"The run was stopped at {file}.");
                break;
            }
        }

        bool succeeded = report.Sum();
        return stopped ?? (succeeded ? 0 : Failed);
    }

    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.Tests.ps1", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [path];

    // A name without wildcards is to be found anywhere in the full name.
    private static WildcardPattern FilterOf(string? name)
    {
        string pattern = name is null || WildcardPattern.ContainsWildcardCharacters(name) ? name ?? "*" : $"*{name}*";
        return WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
    }

    private static void AddCommands(InitialSessionState state)
    {
        foreach (Type type in Commands)
        {
            var cmdlet = (CmdletAttribute)Attribute.GetCustomAttribute(type, typeof(CmdletAttribute))!;
            string name = $"{cmdlet.VerbName}-{cmdlet.NounName}";
            state.Commands.Add(new SessionStateCmdletEntry(name, type, helpFileName: null));
            var aliases = (AliasAttribute?)Attribute.GetCustomAttribute(type, typeof(AliasAttribute));
            foreach (string alias in aliases?.AliasNames ?? [])
            {
                state.Commands.Add(new SessionStateAliasEntry(alias, name));
            }
        }
    }

    // Returns the exit code of a run that was stopped.
    private int? RunFile(string file)
    {
        long start = Stopwatch.GetTimestamp();
        using var session = new Session(new ConsoleHost(nonInteractive: true), AddCommands);
        if (!options.Modules.TrueForAll(session.Import))
        {
            return session.ExitCode ?? Failed;
        }

        var run = new SpecRun(file, filter);
        var command = new Command("Invoke-SpecFile");
        command.Parameters.Add(nameof(InvokeSpecFileCommand.Run), run);
        bool completed = session.Run(command);
        report.Add(run, Stopwatch.GetElapsedTime(start));
        return completed && !session.WasInterrupted ? null : session.ExitCode ?? Failed;
    }
}
