using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MmapPS.Bytes.Patterns;

namespace MmapPS.Bytes.Searching;

/// <summary>
/// Finds one pattern. A vector of positions at once is tested for the pattern's two rarest bytes; a position that has both is
/// compared in full. If that happens often, the two bytes are chosen again by local frequency. If comparing still costs
/// more than looking at each byte once, exact patterns switch to the algorithm of Knuth, Morris and Pratt, so that no input is slow.
/// </summary>
internal sealed class PatternKernel : SearchKernel
{
    // Cost limits of comparing, in bytes: the initial credit, the price of a position, and the credit per byte
    // passed before other anchors are tried (one position per 512 bytes), and before the automaton is cheaper.
    private const int InitialCredit = 4096;
    private const int PlacePrice = 32;
    private const double CreditOfTypicalAnchors = 1 / 16.0;
    private const double CreditOfAnchors = 4;

    // Comparing is fast: this many bytes cost as much as one that is examined singly.
    private const int ComparedPerByte = 8;

    // Bytes of the sample that shows local frequencies.
    private const int SampleSize = 4 << 10;

    private readonly BytePattern _pattern;
    private readonly int _number;
    private int _first;
    private int _second;
    private PrefixAutomaton? _automaton;

    /// <param name="pattern">The pattern.</param>
    /// <param name="number">Its number, for the matches.</param>
    public PatternKernel(BytePattern pattern, int number)
    {
        _pattern = pattern;
        _number = number;
        (_first, _second) = pattern.FindRarest(ByteFrequency.Typical);
    }

    /// <inheritdoc/>
    public override void Find(ReadOnlySpan<byte> bytes, int limit, MatchList matches)
    {
        int end = Math.Min(limit, bytes.Length - _pattern.Length + 1);
        int position = FindByAnchors(bytes, 0, end, CreditOfTypicalAnchors, matches);
        if (position < end)
        {
            ReadOnlySpan<byte> sample = bytes.Slice(position, Math.Min(SampleSize, bytes.Length - position));
            (_first, _second) = _pattern.FindRarest(ByteFrequency.In(sample));
            position = FindByAnchors(bytes, position, end, _pattern.IsExact ? CreditOfAnchors : double.PositiveInfinity, matches);
        }

        if (position < end)
        {
            _automaton ??= new PrefixAutomaton(_pattern.Bytes);
            _automaton.Find(bytes, position, end, _number, matches);
        }
    }

    /// <inheritdoc/>
    public override int Count(ReadOnlySpan<byte> bytes, int limit, MatchList scratch) =>
        _pattern.Length == 1
            ? ByteCounter.Count(bytes.Slice(0, Math.Min(limit, bytes.Length)), _pattern.Bytes[0], _pattern.Mask[0])
            : base.Count(bytes, limit, scratch);

    // Returns the position at which the credit was used up.
    private int FindByAnchors(ReadOnlySpan<byte> bytes, int position, int end, double creditPerByte, MatchList matches)
    {
        int origin = position;
        var first = new AnchorTest(_pattern, _first);
        var second = new AnchorTest(_pattern, _second);
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        int width = Vector<byte>.Count;
        long cost = 0;

        // Four vectors per branch, because candidates are rare.
        for (; position <= end - (4 * width); position += 4 * width)
        {
            ref byte here = ref Unsafe.Add(ref start, position);
            Vector<byte> candidates0 = first.Test(ref here, 0) & second.Test(ref here, 0);
            Vector<byte> candidates1 = first.Test(ref here, width) & second.Test(ref here, width);
            Vector<byte> candidates2 = first.Test(ref here, 2 * width) & second.Test(ref here, 2 * width);
            Vector<byte> candidates3 = first.Test(ref here, 3 * width) & second.Test(ref here, 3 * width);
            if ((candidates0 | candidates1 | candidates2 | candidates3) == Vector<byte>.Zero)
            {
                continue;
            }

            if (cost > InitialCredit + ((position - origin) * creditPerByte))
            {
                return position;
            }

            cost += CompareAll(bytes, position, candidates0, matches)
                + CompareAll(bytes, position + width, candidates1, matches)
                + CompareAll(bytes, position + (2 * width), candidates2, matches)
                + CompareAll(bytes, position + (3 * width), candidates3, matches);
        }

        for (; position < end; position++)
        {
            Compare(bytes, position, matches);
        }

        return position;
    }

    private long CompareAll(ReadOnlySpan<byte> bytes, int position, Vector<byte> candidates, MatchList matches)
    {
        if (candidates == Vector<byte>.Zero)
        {
            return 0;
        }

        long cost = 0;
        Vector<ulong> lanes = Vector.AsVectorUInt64(candidates);
        for (int lane = 0; lane < Vector<ulong>.Count; lane++, position += sizeof(ulong))
        {
            for (ulong rest = lanes[lane]; rest != 0;)
            {
                int place = VectorBytes.LowestSetByte(rest);
                rest &= ~(0xFFUL << (8 * place));
                cost += PlacePrice + (Compare(bytes, position + place, matches) / ComparedPerByte);
            }
        }

        return cost;
    }

    // Returns the number of bytes compared.
    private int Compare(ReadOnlySpan<byte> bytes, int position, MatchList matches)
    {
        int equal = _pattern.CountMatching(bytes.Slice(position, _pattern.Length));
        if (equal == _pattern.Length)
        {
            matches.Add(position, _number);
        }

        return equal;
    }
}
