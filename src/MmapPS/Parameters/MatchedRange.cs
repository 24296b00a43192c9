namespace MmapPS.Parameters;

/// <summary>The range of a pipeline object, such as a match.</summary>
/// <param name="Region">The region.</param>
/// <param name="Offset">Offset of the range, in bytes from the region's start.</param>
/// <param name="Length">Length in bytes.</param>
internal sealed record MatchedRange(MappedRegion Region, long Offset, long Length);
