namespace MmapPS.Regions.Making;

/// <summary>What becomes of the file of a shared region that is resized.</summary>
internal enum FileFit
{
    /// <summary>It is made longer where it is too short.</summary>
    Grow,

    /// <summary>As <see cref="Grow"/>; and it is cut off at the region's end where it is longer.</summary>
    Cut,

    /// <summary>It stays as it is; the region may end behind it.</summary>
    Keep,
}
