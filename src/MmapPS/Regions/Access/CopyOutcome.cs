namespace MmapPS.Regions.Access;

/// <summary>How far a copy came, and what ended it.</summary>
/// <param name="Count">Bytes copied.</param>
/// <param name="Stop">Why it stopped there.</param>
internal readonly record struct CopyOutcome(int Count, CopyStop Stop);

/// <summary>Why a copy ended.</summary>
internal enum CopyStop
{
    /// <summary>All was copied.</summary>
    Completed,

    /// <summary>The file ends here now.</summary>
    EndOfFile,

    /// <summary>The page could not be reached.</summary>
    Fault,

    /// <summary>The file system has no room for the page.</summary>
    NoSpace,

    /// <summary>The storage failed.</summary>
    InputOutput,
}
