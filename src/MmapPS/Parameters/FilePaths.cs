using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using MmapPS.Native;
using MmapPS.Resources;

namespace MmapPS.Parameters;

/// <summary>Converts paths from users to full paths of the file system.</summary>
internal static class FilePaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>The files of a path: one, existing or not, or all that its wildcards match.</summary>
    /// <exception cref="MappingException">FileNotFound: nothing matches. NotMappable: not a path of the file system.</exception>
    public static IReadOnlyList<string> Resolve(PathIntrinsics paths, string path, bool literal)
    {
        try
        {
            Demand(path);
            return literal || !WildcardPattern.ContainsWildcardCharacters(path)
                ? [ResolveOne(paths, literal ? path : WildcardPattern.Unescape(path))]
                : ResolveMany(paths, path);
        }
        catch (WildcardPatternException)
        {
            throw Invalid(path, Messages.PatternInvalid());
        }
        catch (Exception exception) when (exception is SessionStateException or ProviderInvocationException or ArgumentException)
        {
            throw Invalid(path, exception.Message);
        }
    }

    /// <summary>As <see cref="Resolve"/>, but a path from the pipeline that names an existing file has no wildcards.</summary>
    /// <exception cref="MappingException">FileNotFound: nothing matches. NotMappable: not a path of the file system.</exception>
    public static IReadOnlyList<string> ResolveFiles(PathIntrinsics paths, string path, bool literal, bool fromPipeline)
    {
        IReadOnlyList<string> exact = Resolve(paths, path, literal: true);
        bool taken = literal
            || !WildcardPattern.ContainsWildcardCharacters(path)
            || (fromPipeline && MemoryPlatform.Current.FindStatus(exact[0]) is not null);
        return taken ? exact : Resolve(paths, path, literal: false);
    }

    /// <summary>Whether work is to be done on what is at a path; not if it is a directory that Get-ChildItem found.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="fromObject">Whether an object of the pipeline has the path.</param>
    /// <exception cref="MappingException">NotMappable: the user named a directory.</exception>
    public static bool IsFile(string path, bool fromObject) =>
        MemoryPlatform.Current.FindStatus(path)?.Type != FileType.Directory
        || (fromObject ? false : throw new MappingException(MappingError.NotMappable, Messages.DirectoryGiven(path)));

    /// <summary>The full path of one file, given by its literal path or by an object such as FileInfo.</summary>
    /// <exception cref="MappingException">FileNotFound, NotMappable; NotSupported: it is a list.</exception>
    public static string ResolveFile(PathIntrinsics paths, object path) => path switch
    {
        FileSystemInfo file => ResolveFile(paths, file.FullName),
        string text => Resolve(paths, text, literal: true)[0],

        // A list's ToString() is just the name of its type.
        IEnumerable => throw new MappingException(MappingError.NotSupported, Messages.OneFileNeeded()),
        _ => ResolveFile(paths, path.ToString()!),
    };

    private static string ResolveOne(PathIntrinsics paths, string path)
    {
        if (IsPlain(paths, path))
        {
            return Path.GetFullPath(path);
        }

        string resolved = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        Demand(path, provider);
        return resolved;
    }

    private static Collection<string> ResolveMany(PathIntrinsics paths, string path)
    {
        Collection<string> found = paths.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
        Demand(path, provider);
        return found.Count > 0 ? found : throw new MappingException(
            MappingError.FileNotFound,
            MemoryPlatform.Current.FindStatus(ResolveOne(paths, path)) is null
                ? Messages.FileNotFound(path, Messages.CheckPath())
                : Messages.NothingMatches(path));
    }

    // An absolute path needs no provider if the current drive is the root of the file system; a query takes 50 us.
    private static bool IsPlain(PathIntrinsics paths, string path) =>
        path[0] == '/' && path.IndexOf(':') < 0 && paths.CurrentLocation.Drive?.Root == "/";

    private static void Demand(string path)
    {
        if (path.Length == 0)
        {
            throw Invalid(path, Messages.PathEmpty());
        }

        // System calls would use only the part before it as the path.
        if (path.IndexOf('\0') >= 0)
        {
            throw Invalid(path, Messages.PathHasZero());
        }
    }

    private static MappingException Invalid(string path, string reason) =>
        new(MappingError.FileNotFound, Messages.PathInvalid(path, reason));

    private static void Demand(string path, ProviderInfo provider)
    {
        if (!provider.Name.Equals(FileSystem, StringComparison.OrdinalIgnoreCase))
        {
            throw new MappingException(MappingError.NotMappable, Messages.NotFileSystem(path, provider.Name));
        }
    }
}
