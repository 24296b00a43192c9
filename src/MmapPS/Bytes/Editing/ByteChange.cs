namespace MmapPS.Bytes.Editing;

/// <summary>Replaces bytes with others of the same length.</summary>
/// <param name="Offset">Offset of the first byte.</param>
/// <param name="Old">The bytes before the change.</param>
/// <param name="New">The bytes after the change.</param>
internal sealed record ByteChange(long Offset, byte[] Old, byte[] New)
{
    /// <summary>The reverse change.</summary>
    public ByteChange Reverse() => new(Offset, New, Old);
}
