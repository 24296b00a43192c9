using System;
using MmapPS.Regions.Binding;

namespace MmapPS.Scripting;

/// <summary>Adapts region members to PowerShell: values come in PSObjects, errors need records.</summary>
internal sealed class ScriptCaller : IMemberCaller
{
    /// <summary>Unwraps a PSObject; returns other values unchanged.</summary>
    public static object? Unwrap(object? value) => ScriptValue.Unwrap(value);

    /// <inheritdoc/>
    object? IMemberCaller.Unwrap(object? value) => Unwrap(value);

    /// <inheritdoc/>
    public Exception ToCallerException(MappingException exception, MappedRegion region) =>
        new RegionMemberException(ErrorRecords.From(exception, region));
}
