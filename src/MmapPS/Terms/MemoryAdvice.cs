namespace MmapPS;

/// <summary>What a script may tell the system of the memory that it is going to use.</summary>
/// <remarks>madvise(2): the MADV_* advice of the same names; the last two are of posix_fadvise(2), for files.</remarks>
public enum MemoryAdvice
{
    /// <summary>Nothing special: ends Random and Sequential.</summary>
    Normal,

    /// <summary>Pages are used in no order: do not read ahead.</summary>
    Random,

    /// <summary>Pages are used in order: read far ahead, and forget early.</summary>
    Sequential,

    /// <summary>Pages are used soon: start to read them in, without waiting.</summary>
    WillNeed,

    /// <summary>Give the pages up now. A private mapping loses its changes; a shared one gets them back from its file.</summary>
    DontNeed,

    /// <summary>Pages of private anonymous memory may be taken when memory gets scarce; they then read as zero.</summary>
    Free,

    /// <summary>Free the pages and what stores them: the range of the file becomes a hole of zeros.</summary>
    Remove,

    /// <summary>Pages are not used soon: take these first when memory gets scarce.</summary>
    Cold,

    /// <summary>Write the pages out to the file or swap, and free their memory.</summary>
    PageOut,

    /// <summary>Read all pages in, and return when they are there.</summary>
    PopulateRead,

    /// <summary>Make all pages ready to be written, and return when they are.</summary>
    PopulateWrite,

    /// <summary>Use huge pages where they fit.</summary>
    HugePage,

    /// <summary>Use no huge pages.</summary>
    NoHugePage,

    /// <summary>Put the pages together into huge pages now.</summary>
    Collapse,

    /// <summary>Pages equal to others may be shared with them (KSM).</summary>
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

    /// <summary>Child processes get zeros in place of the pages.</summary>
    WipeOnFork,

    /// <summary>Ends WipeOnFork.</summary>
    KeepOnFork,

    /// <summary>
    /// Every use of the pages is an error, at no cost of memory or mappings, until GuardRemove. A private mapping loses their bytes.
    /// </summary>
    GuardInstall,

    /// <summary>Ends GuardInstall: the pages can be used again.</summary>
    GuardRemove,

    /// <summary>As DontNeed, locked pages too.</summary>
    DontNeedLocked,

    /// <summary>The region's file is read once: do not keep its pages because of that.</summary>
    NoReuse,

    /// <summary>Write back what is dirty of a file, and drop its pages from memory. For files that nobody has mapped.</summary>
    Evict,
}
