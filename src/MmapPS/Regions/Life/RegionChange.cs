using MmapPS.Bytes.Editing;

namespace MmapPS.Regions.Life;

/// <summary>A change that a patch makes in a region.</summary>
/// <param name="Region">The region.</param>
/// <param name="Change">The change; its offset counts from the region's start.</param>
/// <param name="Subject">What the patch says of it; null where it does not.</param>
internal sealed record RegionChange(MappedRegion Region, ByteChange Change, PatchSubject? Subject);
