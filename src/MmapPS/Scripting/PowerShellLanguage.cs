using System;
using MmapPS.Regions.Binding;

namespace MmapPS.Scripting;

/// <summary>Adapts region members to PowerShell: values come in PSObjects, errors need records.</summary>
internal sealed class PowerShellLanguage : ICallerLanguage
{
    /// <summary>Unwraps a PSObject; returns other values unchanged.</summary>
    public static object? Unwrap(object? value) => ScriptValue.Unwrap(value);

    /// <inheritdoc/>
    object? ICallerLanguage.Unwrap(object? value) => Unwrap(value);

    /// <inheritdoc/>
    public Exception Dress(MappingException exception, MappedRegion region) =>
        new RegionMemberException(ErrorRecords.From(exception, region));
}
