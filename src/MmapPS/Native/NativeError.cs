namespace MmapPS.Native;

/// <summary>An error of the operating system, not yet interpreted.</summary>
/// <param name="Function">The function that failed.</param>
/// <param name="Name">The system's name of the error, such as ENOSPC.</param>
/// <param name="Text">The system's message.</param>
/// <param name="Kind">Its meaning on every system.</param>
internal sealed record NativeError(string Function, string Name, string Text, NativeErrorKind Kind);

/// <summary>The meaning of a native error on every system.</summary>
internal enum NativeErrorKind
{
    /// <summary>Any other error.</summary>
    Other,

    /// <summary>The storage is full, or a quota is used up.</summary>
    NoSpace,

    /// <summary>The limit of open files of this process or of the system is reached.</summary>
    TooManyFiles,

    /// <summary>The storage failed.</summary>
    InputOutput,

    /// <summary>The object does not support this call.</summary>
    NotSupported,
}
