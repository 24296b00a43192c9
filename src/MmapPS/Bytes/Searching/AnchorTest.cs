using System.Numerics;
using System.Runtime.CompilerServices;
using MmapPS.Bytes.Patterns;

namespace MmapPS.Bytes.Searching;

/// <summary>Tests a vector of positions for one byte of a pattern.</summary>
internal readonly struct AnchorTest
{
    private readonly Vector<byte> _mask;
    private readonly Vector<byte> _value;
    private readonly int _place;

    /// <param name="pattern">The pattern.</param>
    /// <param name="place">Index of the byte in the pattern.</param>
    public AnchorTest(BytePattern pattern, int place)
    {
        _mask = new Vector<byte>(pattern.Mask[place]);
        _value = new Vector<byte>(pattern.Bytes[place]);
        _place = place;
    }

    /// <summary>0xFF for each position, from an offset on, where a match may start.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<byte> Test(ref byte start, int offset) =>
        Vector.Equals(VectorBytes.Load(ref start, offset + _place) & _mask, _value);
}
