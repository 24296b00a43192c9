using System;

namespace MmapPS.Regions.Files;

/// <summary>What may be done to a file that bytes are copied to.</summary>
[Flags]
internal enum FileCopyOptions
{
    None = 0,

    /// <summary>It may be there already.</summary>
    Overwrite = 1,

    /// <summary>Its other bytes stay as they are; without this it ends with what was copied.</summary>
    KeepRest = 2,

    /// <summary>Blocks of zeros become holes.</summary>
    Sparse = 4,
}
