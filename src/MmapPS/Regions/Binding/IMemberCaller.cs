using System;

namespace MmapPS.Regions.Binding;

/// <summary>How the members of a region are called: by a script or by other code.</summary>
internal interface IMemberCaller
{
    /// <summary>Unwraps an argument, such as a PSObject.</summary>
    object? Unwrap(object? value);

    /// <summary>Turns an error of a member into the exception that the caller expects.</summary>
    Exception ToCallerException(MappingException exception, MappedRegion region);
}
