using System;
using System.IO;
using System.Management.Automation;

namespace MmapPS.Parameters;

/// <summary>Selects among existing things by -Path or -Name: a text matches itself, or by its wildcards.</summary>
internal static class TextFilter
{
    /// <summary>Matches paths: full, relative, a bare file name, or with wildcards.</summary>
    /// <param name="path">The path as given.</param>
    /// <param name="fullPath">The full path.</param>
    /// <param name="comparison">Whether case matters in paths.</param>
    public static Func<string, bool> ForPath(string path, string fullPath, StringComparison comparison)
    {
        Func<string, bool> isFull = For(fullPath, comparison);
        Func<string, bool> isGiven = For(path, comparison);
        return candidate => isFull(candidate) || isGiven(candidate) || isGiven(Path.GetFileName(candidate));
    }

    /// <summary>Matches texts. An invalid pattern matches only itself.</summary>
    public static Func<string, bool> For(string text, StringComparison comparison)
    {
        WildcardPattern pattern = WildcardPattern.Get(
            text, comparison == StringComparison.Ordinal ? WildcardOptions.None : WildcardOptions.IgnoreCase);
        try
        {
            pattern.IsMatch(string.Empty);
        }
        catch (WildcardPatternException)
        {
            return candidate => candidate.Equals(text, comparison);
        }

        return candidate => candidate.Equals(text, comparison) || pattern.IsMatch(candidate);
    }
}
