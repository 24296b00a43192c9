namespace MmapPS.Bytes.Comparing;

/// <summary>A range in which two ranges differ in every byte; a byte against none differs.</summary>
/// <param name="Offset">Where it starts, counted from the start of both ranges.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Left">Its first bytes on the left.</param>
/// <param name="Right">Its first bytes on the right.</param>
internal sealed record ByteDifference(long Offset, long Length, byte[] Left, byte[] Right)
{
    /// <summary>Whether there are more bytes on the left.</summary>
    public bool LeftIsCut { get; init; }

    /// <summary>Whether there are more bytes on the right.</summary>
    public bool RightIsCut { get; init; }
}
