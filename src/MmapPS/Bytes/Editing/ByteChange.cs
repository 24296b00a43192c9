namespace MmapPS.Bytes.Editing;

/// <summary>Bytes in place of others, of the same length.</summary>
/// <param name="Offset">Where they start.</param>
/// <param name="Old">What stood there.</param>
/// <param name="New">What stands there then.</param>
internal sealed record ByteChange(long Offset, byte[] Old, byte[] New)
{
    /// <summary>The change back.</summary>
    public ByteChange Reverse() => new(Offset, New, Old);
}
