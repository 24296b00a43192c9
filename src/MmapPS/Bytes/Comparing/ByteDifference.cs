namespace MmapPS.Bytes.Comparing;

/// <summary>A range in which every byte differs; a byte past the end of the other side differs.</summary>
/// <param name="Offset">Offset from the start of both ranges.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="Left">First bytes on the left.</param>
/// <param name="Right">First bytes on the right.</param>
internal sealed record ByteDifference(long Offset, long Length, byte[] Left, byte[] Right)
{
    /// <summary>Whether the left side has more bytes than shown.</summary>
    public bool LeftIsCut { get; init; }

    /// <summary>Whether the right side has more bytes than shown.</summary>
    public bool RightIsCut { get; init; }
}
