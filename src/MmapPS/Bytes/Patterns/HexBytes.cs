using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using MmapPS.Bytes.Patterns;

namespace MmapPS;

/// <summary>
/// The bytes of an output object. Usable wherever a byte[] is; as text they are hexadecimal, such as
/// <c>de ad be ef</c>, which -Hex parses again, so that they survive any file format. If they are only the first of more
/// bytes, <see cref="IsCut"/> is true, the text ends with an ellipsis, and every cmdlet refuses them as a value.
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

    /// <summary>Number of bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The bytes as an array.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "ToArray is the usual name.")]
    public static implicit operator byte[](HexBytes bytes) => bytes?.ToArray()!;

    /// <summary>The bytes as a new array.</summary>
    public byte[] ToArray() => (byte[])_bytes.Clone();

    /// <summary>All bytes as <c>de ad be ef</c>, followed by <c>...</c> if there are more.</summary>
    public override string ToString() => HexText.All(_bytes) + (IsCut ? HexText.Ellipsis : string.Empty);
}
