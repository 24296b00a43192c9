using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using MmapPS.Bytes.Patterns;

namespace MmapPS;

/// <summary>
/// Bytes that an object of the pipeline has. They serve wherever a byte[] does, and their text is hexadecimal, such as
/// <c>de ad be ef</c>, which -Hex reads again: so that they survive a file of any format. Where they are only the first of more
/// bytes, <see cref="IsCut"/> is true, the text ends with an ellipsis, and no cmdlet takes them for a value.
/// </summary>
public sealed class HexBytes : ReadOnlyCollection<byte>
{
    private readonly byte[] _bytes;

    internal HexBytes(byte[] bytes, bool isCut = false)
        : base(bytes)
    {
        _bytes = bytes;
        IsCut = isCut;
    }

    /// <summary>Whether these are only the first of more bytes.</summary>
    public bool IsCut { get; }

    /// <summary>How many bytes there are.</summary>
    public int Length => _bytes.Length;

    /// <summary>The bytes as an array.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "ToArray is the usual name.")]
    public static implicit operator byte[](HexBytes bytes) => bytes?.ToArray()!;

    /// <summary>The bytes as an array of their own.</summary>
    public byte[] ToArray() => (byte[])_bytes.Clone();

    /// <summary>All bytes as <c>de ad be ef</c>; with <c>...</c> behind them where there are more.</summary>
    public override string ToString() => HexText.All(_bytes) + (IsCut ? HexText.Ellipsis : string.Empty);
}
