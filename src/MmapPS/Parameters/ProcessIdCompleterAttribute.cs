using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MmapPS.Parameters;

/// <summary>Completes process ids by their first digits, or by the start of the process's name.</summary>
internal sealed class ProcessIdCompleterAttribute : ArgumentCompleterAttribute
{
    public ProcessIdCompleterAttribute()
        : base(typeof(Completer))
    {
    }

    private sealed class Completer : IArgumentCompleter
    {
        public IEnumerable<CompletionResult> CompleteArgument(
            string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
        {
            foreach (Process process in Process.GetProcesses().OrderBy(process => process.Id))
            {
                using (process)
                {
                    string id = process.Id.ToString(CultureInfo.InvariantCulture);
                    string name = GetName(process);
                    if (Starts(id, wordToComplete) || Starts(name, wordToComplete))
                    {
                        yield return new CompletionResult(id, $"{id} - {name}", CompletionResultType.ParameterValue, $"{id} - {name}");
                    }
                }
            }
        }

        private static bool Starts(string text, string word) => text.StartsWith(word, StringComparison.OrdinalIgnoreCase);

        // A process that has just ended has no name.
        private static string GetName(Process process)
        {
            try
            {
                return process.ProcessName;
            }
            catch (InvalidOperationException)
            {
                return string.Empty;
            }
        }
    }
}
