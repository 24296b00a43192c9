using System;

namespace MmapPS.Regions.Binding;

/// <summary>Code that takes arguments and errors as they are.</summary>
internal sealed class PlainCaller : IMemberCaller
{
    /// <inheritdoc/>
    public object? Unwrap(object? value) => value;

    /// <inheritdoc/>
    public Exception ToCallerException(MappingException exception, MappedRegion region) => exception;
}
