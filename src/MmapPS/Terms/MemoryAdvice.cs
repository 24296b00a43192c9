namespace MmapPS;

/// <summary>Advice to the system about memory that will be used.</summary>
/// <remarks>madvise(2): the MADV_* advice of the same names; the last two come from posix_fadvise(2), for files.</remarks>
public enum MemoryAdvice
{
    /// <summary>Nothing special: ends Random and Sequential.</summary>
    Normal,

    /// <summary>Pages are used in random order: do not read ahead.</summary>
    Random,

    /// <summary>Pages are used in order: read far ahead, and drop them early.</summary>
    Sequential,

    /// <summary>Pages will be used soon: start to read them, without waiting.</summary>
    WillNeed,

    /// <summary>Drop the pages now. A private mapping loses its changes; a shared one reads them again from its file.</summary>
    DontNeed,

    /// <summary>Pages of private anonymous memory may be taken when memory runs short; they then read as zero.</summary>
    Free,

    /// <summary>Free the pages and their storage: the range of the file becomes a hole of zeros.</summary>
    Remove,

    /// <summary>Pages will not be used soon: reclaim them first when memory runs short.</summary>
    Cold,

    /// <summary>Write the pages to the file or swap, and free their memory.</summary>
    PageOut,

    /// <summary>Read all pages, and return when they are in memory.</summary>
    PopulateRead,

    /// <summary>Prepare all pages for writing, and return when that is done.</summary>
    PopulateWrite,

    /// <summary>Use huge pages if they fit.</summary>
    HugePage,

    /// <summary>Use no huge pages.</summary>
    NoHugePage,

    /// <summary>Merge the pages into huge pages now.</summary>
    Collapse,

    /// <summary>Identical pages may be shared (KSM).</summary>
    Mergeable,

    /// <summary>Ends Mergeable.</summary>
    Unmergeable,

    /// <summary>Leave the pages out of core dumps.</summary>
    DontDump,

    /// <summary>Ends DontDump.</summary>
    DoDump,

    /// <summary>Child processes do not get the pages.</summary>
    DontFork,

    /// <summary>Ends DontFork.</summary>
    DoFork,

    /// <summary>Child processes get zeros instead of the pages.</summary>
    WipeOnFork,

    /// <summary>Ends WipeOnFork.</summary>
    KeepOnFork,

    /// <summary>
    /// Every use of the pages is an error, without cost of memory or mappings, until GuardRemove. A private mapping loses their bytes.
    /// </summary>
    GuardInstall,

    /// <summary>Ends GuardInstall: the pages can be used again.</summary>
    GuardRemove,

    /// <summary>Like DontNeed, also for locked pages.</summary>
    DontNeedLocked,

    /// <summary>The region's file is read only once: its pages need not be kept.</summary>
    NoReuse,

    /// <summary>Write back dirty pages of a file, and drop all its pages from memory. For files that no process has mapped.</summary>
    Evict,
}
