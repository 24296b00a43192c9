using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MmapPS.Parameters;

/// <summary>Completes a parameter with names that start with the typed text; case does not matter.</summary>
internal abstract class NameCompleter : IArgumentCompleter
{
    private readonly IReadOnlyList<string> _names;

    /// <param name="names">The names, in the order of completion.</param>
    protected NameCompleter(IReadOnlyList<string> names) => _names = names;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        _names.Where(name => name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(name));
}
