using System;

namespace MmapPS.Regions.Binding;

/// <summary>What the language that calls a region's members wants done; set by the layer that knows it.</summary>
internal interface ICallerLanguage
{
    /// <summary>Takes off what the language wraps a value in.</summary>
    object? Unwrap(object? value);

    /// <summary>Gives an error of a member the form that the language expects.</summary>
    Exception Dress(MappingException exception, MappedRegion region);
}
