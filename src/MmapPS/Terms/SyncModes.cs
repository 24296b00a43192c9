using System;

namespace MmapPS.Terms;

/// <summary>How a range is synchronized with its file.</summary>
[Flags]
internal enum SyncModes
{
    /// <summary>Return when the range is durable.</summary>
    Durable = 0,

    /// <summary>Start the write-back and return.</summary>
    Async = 1,

    /// <summary>Make other mappings of the file read the bytes again.</summary>
    Invalidate = 2,
}
