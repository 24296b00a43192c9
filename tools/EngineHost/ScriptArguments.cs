using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace EngineHost;

/// <summary>Words of the command line as arguments of a call, as pwsh -File takes them: what looks like a parameter's name is
/// one, with -Name:Value too, and all else is literal text.</summary>
internal static partial class ScriptArguments
{
    public static string ToSource(IEnumerable<string> words) => string.Concat(words.Select(word => " " + ToSource(word)));

    public static string Quoted(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    private static string ToSource(string word)
    {
        Match parameter = Parameter().Match(word);
        if (!parameter.Success)
        {
            return Quoted(word);
        }

        Group value = parameter.Groups["value"];
        return parameter.Groups["name"].Value + (value.Success ? Literal(value.Value) : string.Empty);
    }

    private static string Literal(string value) =>
        value.Equals("$true", StringComparison.OrdinalIgnoreCase) || value.Equals("$false", StringComparison.OrdinalIgnoreCase)
            ? value
            : Quoted(value);

    [GeneratedRegex(@"^(?<name>-[\p{L}_?]\w*)$|^(?<name>-[\p{L}_?]\w*:)(?<value>.*)$", RegexOptions.Singleline)]
    private static partial Regex Parameter();
}
