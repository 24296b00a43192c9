using System;
using System.IO;
using System.Management.Automation;
using MmapPS.Native;

namespace MmapPS.Parameters;

/// <summary>Selects among existing things by -Path or -Name: a text matches itself, or by its wildcards.</summary>
internal static class TextFilter
{
    /// <summary>Matches paths: full, relative, a bare file name, or with wildcards.</summary>
    /// <param name="paths">The session's paths.</param>
    /// <param name="path">The path as given.</param>
    public static Func<string, bool> ForPath(PathIntrinsics paths, string path)
    {
        StringComparison comparison = MemoryPlatform.Current.PathComparison;
        Func<string, bool> isFull = For(FindFullPath(paths, path), comparison);
        Func<string, bool> isGiven = For(path, comparison);
        return candidate => isFull(candidate) || isGiven(candidate) || isGiven(Path.GetFileName(candidate));
    }

    /// <summary>Matches names of shared memory; case matters.</summary>
    public static Func<string, bool> ForName(string name) => For(name, StringComparison.Ordinal);

    private static string FindFullPath(PathIntrinsics paths, string path)
    {
        try
        {
            return FilePaths.ResolveFile(paths, path);
        }
        catch (MappingException)
        {
            // Some mappings have paths that are on no drive, such as anon_inode:[eventpoll].
            return path;
        }
    }

    // An invalid pattern matches only itself.
    private static Func<string, bool> For(string text, StringComparison comparison)
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
