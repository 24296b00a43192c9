using System;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace EngineHost.Specs.Assertions;

/// <summary>-Match and -BeLike with their exact kin: the -match and -like operators. Of a collection one item will do.</summary>
internal static class Patterns
{
    public static Verdict Match(object? value, string expression, RegexOptions options) =>
        Judge("regular expression", value, expression, text => Regex.IsMatch(text, expression, options));

    public static Verdict Like(object? value, object? wildcard, WildcardOptions options)
    {
        string pattern = LanguagePrimitives.ConvertTo<string>(wildcard);
        return Judge("like wildcard", value, pattern, WildcardPattern.Get(pattern, options).IsMatch);
    }

    private static Verdict Judge(string kind, object? value, string pattern, Func<string, bool> matches) => new(
        Collections.ItemsOf(value).Any(item => matches(LanguagePrimitives.ConvertTo<string>(item))),
        new Complaint($"{kind} {Display.Of(pattern)} to match {Display.Of(value)}", "it did not match."),
        new Complaint($"{kind} {Display.Of(pattern)} to not match {Display.Of(value)}", "it did match."));
}
