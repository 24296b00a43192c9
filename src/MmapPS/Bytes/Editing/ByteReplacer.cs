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
/// Replaces patterns in place, while it searches: memory stays flat. What is written is never searched again, so the outcome
/// is that of finding all first and replacing then.
/// </summary>
internal sealed class ByteReplacer
{
    private readonly ByteSearcher _searcher;
    private readonly BytePattern[] _replacements;

    /// <param name="patterns">What is replaced.</param>
    /// <param name="replacement">By what; bits that it does not determine stay as they were.</param>
    /// <param name="padding">What fills up a replacement that is shorter, or null where that is an error.</param>
    /// <exception cref="MappingException">LengthMismatch.</exception>
    public ByteReplacer(IReadOnlyList<BytePattern> patterns, BytePattern replacement, byte? padding)
    {
        // Matches that overlap could not both be replaced.
        _searcher = new ByteSearcher(patterns, overlapping: false);
        _replacements = patterns.Select(pattern => replacement.FitTo(pattern.Length, padding)).ToArray();
    }

    /// <summary>The changes that replacing makes, in the order of their offsets, as they are found. Nothing is written.</summary>
    /// <remarks>A match that has the replacement's bytes already is not a change, but it counts.</remarks>
    /// <param name="range">Where to look.</param>
    /// <param name="first">How many matches to take at most, or null for all.</param>
    /// <param name="settings">How to work.</param>
    /// <exception cref="MappingException">The source failed.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
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

    /// <summary>Makes changes, and gives each once it is made. May be given a plan while it is being found.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="target">Where to make them.</param>
    /// <param name="patch">Where to note each before it is made, or null.</param>
    /// <exception cref="MappingException">
    /// The target or the patch failed, or whatever finding the changes throws; a change that is not in the patch was not made.
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
