using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EngineHost;

/// <summary>The command line. It takes pwsh's own -File, -Command, -NoProfile, -NoLogo and -NonInteractive, so that a
/// test can start either program with the same words.</summary>
internal sealed class HostOptions
{
    public const string Usage = """
        usage: EngineHost [-NonInteractive] [-Module PATH]... [-File] SCRIPT.ps1 [ARGUMENTS]
               EngineHost [-NonInteractive] [-Module PATH]... -Command TEXT
               EngineHost [-Module PATH]... -Spec PATH... [-Filter NAME] [-Detailed]
        """;

    /// <summary>Modules to import first, by path.</summary>
    public List<string> Modules { get; } = [];

    /// <summary>Spec files and folders to run.</summary>
    public List<string> Specs { get; } = [];

    /// <summary>Wildcard over the full names of the tests to run.</summary>
    public string? Filter { get; private set; }

    /// <summary>Whether to show every test and not only those that need attention.</summary>
    public bool Detailed { get; private set; }

    public bool NonInteractive { get; private set; }

    public string? Command { get; private set; }

    public string? Script { get; private set; }

    public IReadOnlyList<string> ScriptArguments { get; private set; } = [];

    public static HostOptions Parse(string[] arguments)
    {
        var options = new HostOptions();
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i].ToLowerInvariant())
            {
                case "-noprofile" or "-nologo":
                    break;
                case "-noninteractive":
                    options.NonInteractive = true;
                    break;
                case "-detailed":
                    options.Detailed = true;
                    break;
                case "-module":
                    options.Modules.Add(ExistingPath(ValueOf(arguments, ref i)));
                    break;
                case "-filter":
                    options.Filter = ValueOf(arguments, ref i);
                    break;
                case "-spec":
                    do
                    {
                        options.Specs.Add(ExistingPath(ValueOf(arguments, ref i)));
                    }
                    while (i + 1 < arguments.Length && !arguments[i + 1].StartsWith('-'));
                    break;
                case "-command" or "-c":
                    ValueOf(arguments, ref i);
                    options.Command = string.Join(' ', arguments[i..]);
                    return options.Checked();
                case "-file" or "-f":
                    ValueOf(arguments, ref i);
                    options.TakeScript(arguments[i..]);
                    return options.Checked();
                case var other when other.StartsWith('-'):
                    throw new UsageException($"unknown option {arguments[i]}");
                default:
                    options.TakeScript(arguments[i..]);
                    return options.Checked();
            }
        }

        return options.Checked();
    }

    private static string ValueOf(string[] arguments, ref int index) =>
        ++index < arguments.Length ? arguments[index] : throw new UsageException($"{arguments[index - 1]} wants a value");

    private static string ExistingPath(string path) =>
        Path.Exists(path) ? Path.GetFullPath(path) : throw new UsageException($"there is no '{path}'");

    private void TakeScript(string[] words)
    {
        Script = ExistingPath(words[0]);
        ScriptArguments = [.. words.Skip(1)];
    }

    private HostOptions Checked()
    {
        int jobs = (Specs.Count > 0 ? 1 : 0) + (Script is null ? 0 : 1) + (Command is null ? 0 : 1);
        return jobs == 1 ? this : throw new UsageException("give one of a script, -Command and -Spec");
    }
}
