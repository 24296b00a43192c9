namespace MmapPS.Parameters;

/// <summary>A range as an object of the pipeline names it, such as a match.</summary>
/// <param name="Region">The region.</param>
/// <param name="Offset">Where the range starts, in bytes from the region's start.</param>
/// <param name="Length">How many bytes it has.</param>
internal sealed record MatchedRange(MappedRegion Region, long Offset, long Length);
