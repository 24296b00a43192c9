using System;

namespace MmapPS.Regions.Files;

/// <summary>How bytes are copied to a destination.</summary>
[Flags]
internal enum CopyOptions
{
    None = 0,

    /// <summary>A file may exist already.</summary>
    Overwrite = 1,

    /// <summary>A file keeps its other bytes; without this it ends with what was copied.</summary>
    KeepRest = 2,

    /// <summary>Blocks of zeros become holes.</summary>
    Sparse = 4,
}
