using System;
using MmapPS.Regions.Binding;

namespace MmapPS.Scripting;

/// <summary>What PowerShell wants of a region's members: values come in PSObjects, errors have records.</summary>
internal sealed class PowerShellLanguage : ICallerLanguage
{
    /// <summary>The value in a PSObject, or the value itself.</summary>
    public static object? Unwrap(object? value) => ScriptValue.Unwrap(value);

    /// <inheritdoc/>
    object? ICallerLanguage.Unwrap(object? value) => Unwrap(value);

    /// <inheritdoc/>
    public Exception Dress(MappingException exception, MappedRegion region) =>
        new RegionMemberException(ErrorRecords.From(exception, region));
}
