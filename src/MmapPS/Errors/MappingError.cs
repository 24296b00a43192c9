namespace MmapPS;

/// <summary>The conditions that MmapPS reports by a name of its own; the name is the error id.</summary>
public enum MappingError
{
    /// <summary>A page could not be reached: the file was truncated, the storage failed, the memory is gone.</summary>
    PageFault,

    /// <summary>An offset, length, address or value lies outside what is allowed.</summary>
    OutOfRange,

    /// <summary>The region was removed.</summary>
    RegionClosed,

    /// <summary>The range may not be written.</summary>
    NotWritable,

    /// <summary>The range may not be read.</summary>
    NotReadable,

    /// <summary>There is no such file.</summary>
    FileNotFound,

    /// <summary>The system refused access.</summary>
    AccessDenied,

    /// <summary>The object is of a kind that cannot be mapped.</summary>
    NotMappable,

    /// <summary>The file system is full.</summary>
    NoSpace,

    /// <summary>A limit of the process or the system is reached; the message names it.</summary>
    LimitReached,

    /// <summary>Two lengths that must agree do not.</summary>
    LengthMismatch,

    /// <summary>What was to be made anew is there already.</summary>
    AlreadyExists,

    /// <summary>Other bytes stand where certain bytes were expected.</summary>
    ExpectationFailed,

    /// <summary>A pattern or value has no bytes.</summary>
    PatternEmpty,

    /// <summary>A text is not hexadecimal.</summary>
    InvalidHex,

    /// <summary>This system cannot do it; the message says what would serve instead.</summary>
    NotSupported,

    /// <summary>Any other error of the operating system; the id is FUNCTION.ERRNO.</summary>
    System,
}
