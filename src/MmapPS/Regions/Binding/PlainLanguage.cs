using System;

namespace MmapPS.Regions.Binding;

/// <summary>Callers that take things as they are.</summary>
internal sealed class PlainLanguage : ICallerLanguage
{
    /// <inheritdoc/>
    public object? Unwrap(object? value) => value;

    /// <inheritdoc/>
    public Exception Dress(MappingException exception, MappedRegion region) => exception;
}
