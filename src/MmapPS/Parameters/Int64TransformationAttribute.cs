using System.Management.Automation;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Parameters;

/// <summary>For a parameter that is a 64-bit number.</summary>
internal sealed class Int64TransformationAttribute : WholeNumberTransformationAttribute
{
    /// <summary>Whether the number may be a property of a pipeline object, for which PowerShell passes null if it is missing.</summary>
    public bool IsProperty { get; set; }

    /// <inheritdoc/>
    protected override object Convert(object value) => ScriptValue.ToInt64(value);

    /// <inheritdoc/>
    protected override object? FromNull() => IsProperty ? throw new PSInvalidCastException(Messages.NumberNotWhole("$null")) : null;
}
