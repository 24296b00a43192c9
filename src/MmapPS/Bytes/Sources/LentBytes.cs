using System;

namespace MmapPS.Bytes.Sources;

/// <summary>Bytes that a source lends until this is disposed.</summary>
internal readonly ref struct LentBytes
{
    private readonly IByteLender _lender;

    /// <param name="bytes">The bytes.</param>
    /// <param name="lender">Called when they are returned.</param>
    public LentBytes(ReadOnlySpan<byte> bytes, IByteLender lender)
    {
        Bytes = bytes;
        _lender = lender;
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Returns them.</summary>
    public void Dispose() => _lender.TakeBack();
}
