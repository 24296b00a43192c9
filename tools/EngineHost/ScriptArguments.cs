using System;
using System.Collections.Generic;
using System.Management.Automation.Runspaces;

namespace EngineHost;

/// <summary>Binds words of the command line to a script's parameters as pwsh -File does.</summary>
internal static class ScriptArguments
{
    public static void AddTo(Command command, IReadOnlyList<string> words)
    {
        foreach (string word in words)
        {
            if (!word.StartsWith('-') || word.Length == 1)
            {
                command.Parameters.Add(null, word);
                continue;
            }

            // The engine takes a name that keeps its dash for a bare parameter token: a switch, or one whose value is the next word.
            int colon = word.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                command.Parameters.Add(word);
            }
            else
            {
                command.Parameters.Add(word[1..colon], Literal(word[(colon + 1)..]));
            }
        }
    }

    private static object Literal(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}
