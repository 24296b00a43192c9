namespace MmapPS;

/// <summary>The conditions with an error id of MmapPS; the name is the id.</summary>
public enum MappingError
{
    /// <summary>A page could not be read or written: the file was truncated, the storage failed, or the memory is gone.</summary>
    PageFault,

    /// <summary>An offset, length, address or value is not valid.</summary>
    OutOfRange,

    /// <summary>The region was removed.</summary>
    RegionClosed,

    /// <summary>The range may not be written.</summary>
    NotWritable,

    /// <summary>The range may not be read.</summary>
    NotReadable,

    /// <summary>The file does not exist.</summary>
    FileNotFound,

    /// <summary>The system refused access.</summary>
    AccessDenied,

    /// <summary>An object of this kind cannot be mapped.</summary>
    NotMappable,

    /// <summary>The file system is full.</summary>
    NoSpace,

    /// <summary>A limit of the process or the system is reached; the message names it.</summary>
    LimitReached,

    /// <summary>Two lengths that must be equal are not.</summary>
    LengthMismatch,

    /// <summary>The memory to create already exists.</summary>
    AlreadyExists,

    /// <summary>Other bytes than the expected ones were found.</summary>
    ExpectationFailed,

    /// <summary>A pattern or value has no bytes.</summary>
    PatternEmpty,

    /// <summary>A text is not hexadecimal.</summary>
    InvalidHex,

    /// <summary>This system does not support it; the message says what to use instead.</summary>
    NotSupported,

    /// <summary>Any other error of the operating system; the id is FUNCTION.ERRNO.</summary>
    System,
}
