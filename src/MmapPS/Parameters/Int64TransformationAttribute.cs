using System.Management.Automation;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Parameters;

/// <summary>For a parameter that is a number of 64 bits.</summary>
internal sealed class Int64TransformationAttribute : WholeNumberTransformationAttribute
{
    /// <summary>Whether the number may be a property of an object of the pipeline, where PowerShell takes null for no property.</summary>
    public bool IsProperty { get; set; }

    /// <inheritdoc/>
    protected override object Convert(object value) => ScriptValue.ToInt64(value);

    /// <inheritdoc/>
    protected override object? FromNull() => IsProperty ? throw new PSInvalidCastException(Messages.NumberNotWhole("$null")) : null;
}
