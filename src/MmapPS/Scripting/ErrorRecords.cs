using System.Management.Automation;

namespace MmapPS.Scripting;

/// <summary>Makes all error records.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of a mapping error: its id, its category, and its target object.</summary>
    public static ErrorRecord From(MappingException exception, object? target) =>
        new(exception, exception.ErrorId, GetCategory(exception.Error), target);

    private static ErrorCategory GetCategory(MappingError error) => error switch
    {
        MappingError.PageFault => ErrorCategory.ReadError,
        MappingError.OutOfRange or MappingError.LengthMismatch or MappingError.PatternEmpty or MappingError.InvalidHex
            => ErrorCategory.InvalidArgument,
        MappingError.RegionClosed => ErrorCategory.InvalidOperation,
        MappingError.NotWritable or MappingError.NotReadable or MappingError.AccessDenied => ErrorCategory.PermissionDenied,
        MappingError.FileNotFound => ErrorCategory.ObjectNotFound,
        MappingError.AlreadyExists => ErrorCategory.ResourceExists,
        MappingError.NotMappable => ErrorCategory.InvalidType,
        MappingError.NoSpace => ErrorCategory.WriteError,
        MappingError.LimitReached => ErrorCategory.LimitsExceeded,
        MappingError.ExpectationFailed => ErrorCategory.InvalidData,
        MappingError.NotSupported => ErrorCategory.NotImplemented,
        _ => ErrorCategory.ResourceUnavailable,
    };
}
