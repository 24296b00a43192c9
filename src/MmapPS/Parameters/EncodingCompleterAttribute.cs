using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MmapPS.Parameters;

/// <summary>Completes -Encoding.</summary>
internal sealed class EncodingCompleterAttribute : ArgumentCompleterAttribute
{
    public EncodingCompleterAttribute()
        : base(typeof(Completer))
    {
    }

    private sealed class Completer : IArgumentCompleter
    {
        public IEnumerable<CompletionResult> CompleteArgument(
            string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
            EncodingTransformationAttribute.Names
                .Where(name => name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
                .Select(name => new CompletionResult(name));
    }
}
