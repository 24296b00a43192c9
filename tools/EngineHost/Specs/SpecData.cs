using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace EngineHost.Specs;

/// <summary>One item of -ForEach: it is `$_`, and the entries of a hashtable are variables too.</summary>
internal sealed class SpecData
{
    public static readonly SpecData None = new([], null);

    private SpecData(IReadOnlyList<PSVariable> variables, IDictionary? parameters)
    {
        Variables = variables;
        Parameters = parameters;
    }

    public IReadOnlyList<PSVariable> Variables { get; }

    /// <summary>What a body with a param block is called with.</summary>
    public IDictionary? Parameters { get; }

    /// <summary>The items of -ForEach, or the one empty item where it is not given.</summary>
    public static IEnumerable<SpecData> Of(string name, object?[]? forEach) => forEach switch
    {
        null => [None],
        [] => throw new PSArgumentException($"-ForEach of '{name}' has no items: its tests would vanish without a word."),
        _ => forEach.Select(Of),
    };

    private static SpecData Of(object? item)
    {
        List<PSVariable> variables = [new("_", item)];
        var entries = (item is PSObject wrapped ? wrapped.BaseObject : item) as IDictionary;
        foreach (DictionaryEntry entry in entries ?? new Hashtable())
        {
            variables.Add(new PSVariable(Convert.ToString(entry.Key, CultureInfo.InvariantCulture), entry.Value));
        }

        return new SpecData(variables, entries);
    }
}
