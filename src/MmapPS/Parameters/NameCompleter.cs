using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MmapPS.Parameters;

/// <summary>Completes a parameter by names that start with what was typed; case does not matter.</summary>
internal abstract class NameCompleter : IArgumentCompleter
{
    private readonly IReadOnlyList<string> _names;

    /// <param name="names">The names, in the order that they are offered.</param>
    protected NameCompleter(IReadOnlyList<string> names) => _names = names;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        _names.Where(name => name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(name));
}
