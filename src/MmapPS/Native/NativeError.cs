namespace MmapPS.Native;

/// <summary>A refusal of the operating system, not yet judged.</summary>
/// <param name="Function">The function that refused.</param>
/// <param name="Name">The system's name of the error, such as ENOSPC.</param>
/// <param name="Text">The system's own sentence.</param>
/// <param name="Kind">What it means on every system.</param>
internal sealed record NativeError(string Function, string Name, string Text, NativeErrorKind Kind);

/// <summary>What a native error means on every system.</summary>
internal enum NativeErrorKind
{
    /// <summary>Nothing that the layers above tell apart.</summary>
    Other,

    /// <summary>The storage is full, or a quota is used up.</summary>
    NoSpace,

    /// <summary>This process, or the system, has as many files open as it may.</summary>
    TooManyFiles,

    /// <summary>The storage failed.</summary>
    InputOutput,

    /// <summary>The object does not take this call.</summary>
    NotSupported,
}
