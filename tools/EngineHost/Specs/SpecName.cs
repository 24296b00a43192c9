using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using EngineHost.Specs.Assertions;

namespace EngineHost.Specs;

/// <summary>Fills in the templates of a name: `&lt;size&gt;` is the variable $size, `&lt;_.Name&gt;` a property of the item at hand.
/// A backtick before the bracket keeps it as it is.</summary>
internal static partial class SpecName
{
    /// <summary>Evaluates the templates in the present scope.</summary>
    public static string Expand(string name) =>
        Template().Replace(
            name, match => match.Value[0] == '`' ? match.Value[1..] : Evaluate(match.Groups["expression"].Value, match.Value));

    [GeneratedRegex("`[<>]|<(?<expression>[^<>`]+)>")]
    private static partial Regex Template();

    private static string Evaluate(string expression, string asWritten)
    {
        try
        {
            object?[] values = [.. ScriptBlock.Create("$" + expression).InvokeWithContext(null, null)];
            return values switch
            {
                [] => "$null",
                [var single] => single is PSObject { BaseObject: string text } ? text : Display.Of(single),
                _ => string.Join(' ', values.Select(LanguagePrimitives.ConvertTo<string>)),
            };
        }
        catch (RuntimeException)
        {
            // Not an expression after all: part of the name.
            return asWritten;
        }
    }
}
