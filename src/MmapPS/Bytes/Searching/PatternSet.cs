using System;
using System.Collections.Generic;
using System.Linq;
using MmapPS.Bytes.Patterns;

namespace MmapPS.Bytes.Searching;

/// <summary>Patterns that are searched for together; their numbers are their indexes in the list.</summary>
internal sealed class PatternSet
{
    // Limit of the comparisons that detect overlaps.
    private const long MaxOverlapWork = 1 << 20;

    private readonly BytePattern[] _patterns;
    private readonly Lazy<bool> _canOverlap;

    public PatternSet(IEnumerable<BytePattern> patterns)
    {
        _patterns = patterns.ToArray();
        MaxLength = _patterns.Max(pattern => pattern.Length);
        _canOverlap = new Lazy<bool>(FindOverlap);
    }

    /// <summary>The patterns.</summary>
    public IReadOnlyList<BytePattern> Patterns => _patterns;

    /// <summary>Length of the longest.</summary>
    public int MaxLength { get; }

    /// <summary>Whether two matches may share bytes; also true if this would take long to find out.</summary>
    public bool CanOverlap => _canOverlap.Value;

    /// <summary>Creates a kernel for one thread.</summary>
    public SearchKernel CreateKernel()
    {
        if (_patterns.Length == 1)
        {
            return new PatternKernel(_patterns[0], 0);
        }

        return new PatternSetKernel(_patterns.Select((pattern, number) => new PatternKernel(pattern, number)));
    }

    private bool FindOverlap()
    {
        if (_patterns.Length == 1 && _patterns[0].IsExact)
        {
            return new PrefixAutomaton(_patterns[0].Bytes).Border > 0;
        }

        if ((long)_patterns.Length * _patterns.Length * MaxLength * MaxLength > MaxOverlapWork)
        {
            return true;
        }

        return _patterns.Any(left => _patterns.Any(right => CanMeet(left, right)));
    }

    // Whether the right pattern can match at the position of a left match or later in it.
    private static bool CanMeet(BytePattern left, BytePattern right)
    {
        for (int shift = left == right ? 1 : 0; shift < left.Length; shift++)
        {
            bool agree = true;
            for (int i = shift; agree && i < left.Length && i - shift < right.Length; i++)
            {
                int common = left.Mask[i] & right.Mask[i - shift];
                agree = (left.Bytes[i] & common) == (right.Bytes[i - shift] & common);
            }

            if (agree)
            {
                return true;
            }
        }

        return false;
    }
}
