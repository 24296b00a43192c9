using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using MmapPS.Scripting;

namespace MmapPS.Parameters;

/// <summary>Completes -Field with the names in -Layout.</summary>
internal sealed class FieldCompleterAttribute : ArgumentCompleterAttribute
{
    public FieldCompleterAttribute()
        : base(typeof(Completer))
    {
    }

    private sealed class Completer : IArgumentCompleter
    {
        public IEnumerable<CompletionResult> CompleteArgument(
            string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
            (ScriptValue.Unwrap(fakeBoundParameters["Layout"]) as IDictionary)?.Keys.OfType<string>()
                .Where(name => name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
                .Select(name => new CompletionResult(ScriptValue.Quote(name)))
            ?? [];
    }
}
