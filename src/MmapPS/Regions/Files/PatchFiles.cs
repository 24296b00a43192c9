using System;
using System.Collections.Generic;
using MmapPS.Bytes.Editing;

namespace MmapPS.Regions.Files;

/// <summary>The patch files that one statement writes: mostly one, which is open while it is written to.</summary>
internal sealed class PatchFiles : IDisposable
{
    private readonly Dictionary<string, PatchFile> _files = new(StringComparer.Ordinal);
    private readonly bool _keepsPart;
    private PatchFile? _current;

    /// <param name="keepsPart">Whether a file is of use before <see cref="Complete"/>.</param>
    public PatchFiles(bool keepsPart) => _keepsPart = keepsPart;

    /// <summary>The file at a path, for changes of a region.</summary>
    /// <param name="path">Its full path; must not be there before the statement.</param>
    /// <param name="region">What is changed.</param>
    /// <exception cref="MappingException">open.EEXIST: it is there; AccessDenied.</exception>
    public PatchFile Select(string path, MappedRegion region)
    {
        if (!_files.TryGetValue(path, out PatchFile? file))
        {
            file = new PatchFile(path, _keepsPart);
            _files.Add(path, file);
        }

        if (file != _current)
        {
            _current?.Close();
            _current = file;
        }

        var subject = new PatchSubject(
            region.Path is not null,
            region.Path ?? region.Name ?? string.Empty,
            Math.Max(0, region.PresentFileLength() ?? region.Length));
        file.Changes.Begin(subject, region.Offset);
        return file;
    }

    /// <summary>Writes what is left, keeps the files and closes them.</summary>
    /// <exception cref="MappingException">As <see cref="FileByteTarget.Write"/>.</exception>
    public void Complete()
    {
        foreach (PatchFile file in _files.Values)
        {
            file.Complete();
            file.Close();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PatchFile file in _files.Values)
        {
            file.Dispose();
        }
    }
}
