using System;
using System.Collections.Generic;
using System.Linq;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Searching;
using MmapPS.Bytes.Sources;
using MmapPS.Resources;

namespace MmapPS.Bytes.Editing;

/// <summary>
/// Replaces patterns in place during the search: memory use stays constant. Replacements are never searched again, so the
/// result is the same as finding all matches first and then replacing them.
/// </summary>
internal sealed class ByteReplacer
{
    private readonly ByteSearcher _searcher;
    private readonly BytePattern[] _replacements;

    /// <param name="patterns">The patterns to replace.</param>
    /// <param name="replacement">The replacement; bits that are wildcards stay as they were.</param>
    /// <param name="padding">Fills up a shorter replacement, or null if that is an error.</param>
    /// <exception cref="MappingException">LengthMismatch.</exception>
    public ByteReplacer(IReadOnlyList<BytePattern> patterns, BytePattern replacement, byte? padding)
    {
        // Only one of two overlapping matches could be replaced.
        _searcher = new ByteSearcher(patterns, overlapping: false);
        _replacements = patterns.Select(pattern => replacement.FitTo(pattern.Length, padding)).ToArray();
    }

    /// <summary>The changes, in order of offset, as they are found. Nothing is written.</summary>
    /// <remarks>A match that already has the replacement's bytes is not a change, but it counts.</remarks>
    /// <param name="range">The range to search.</param>
    /// <param name="first">Largest number of matches, or null for all.</param>
    /// <param name="settings">Settings of the search.</param>
    /// <exception cref="MappingException">The source failed.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public IEnumerable<ByteChange> Plan(SourceRange range, int? first, ScanSettings settings)
    {
        IEnumerable<ByteMatch> matches = _searcher.Find(range, settings);
        foreach (ByteMatch match in first is int count ? matches.Take(count) : matches)
        {
            BytePattern pattern = _searcher.Patterns[match.Pattern];
            byte[] before = pattern.IsExact ? pattern.Bytes : range.Source.ReadBytes(match.Offset, match.Length);
            byte[] after = (byte[])before.Clone();
            _replacements[match.Pattern].ApplyTo(after);
            if (!after.AsSpan().SequenceEqual(before))
            {
                yield return new ByteChange(match.Offset, before, after);
            }
        }
    }

    /// <summary>Makes changes, and returns each after it is made. The changes may still be being found.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="target">The target.</param>
    /// <param name="patch">Receives each change before it is made, or null.</param>
    /// <exception cref="MappingException">
    /// The target or the patch failed, or finding the changes failed; a change that is not in the patch was not made.
    /// </exception>
    public static IEnumerable<ByteChange> Apply(IEnumerable<ByteChange> changes, IByteTarget target, PatchWriter? patch)
    {
        foreach (ByteChange change in changes)
        {
            Note(change, patch);
            target.Write(change.Offset, change.New);
            yield return change;
        }
    }

    private static void Note(ByteChange change, PatchWriter? patch)
    {
        try
        {
            patch?.Write(change);
            patch?.Flush();
        }
        catch (MappingException exception)
        {
            throw exception.Reworded(Messages.PatchStopped(exception.Message, patch!.Changes - 1));
        }
    }
}
