using MmapPS.Bytes.Patterns;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Regions.Access;

/// <summary>Checks what a range of a region holds before it is overwritten.</summary>
internal static class ExpectedBytes
{
    /// <summary>Refuses a range that holds other bytes.</summary>
    /// <param name="region">The region.</param>
    /// <param name="range">The range, as long as an array can be.</param>
    /// <param name="expected">What it must hold.</param>
    /// <exception cref="MappingException">
    /// LengthMismatch: the pattern has another length than the range; ExpectationFailed: other bytes were found; or the range cannot
    /// be read.
    /// </exception>
    public static void Demand(MappedRegion region, ByteRange range, BytePattern expected)
    {
        if (expected.Bytes.Length != range.Length)
        {
            throw new MappingException(MappingError.LengthMismatch, Messages.ExpectationLength(expected.Bytes.Length, (int)range.Length));
        }

        byte[] found = region.Bytes.Read(range.Offset, range.Length, Unwatched.Work);
        if (!expected.Matches(found))
        {
            throw new MappingException(
                MappingError.ExpectationFailed,
                Messages.ExpectationFailed(region.Subject, range.Offset, HexText.Format(found), expected.ToString()));
        }
    }
}
