using System;
using System.Collections;
using System.Linq;
using MmapPS.Scripting;

namespace MmapPS.Parameters;

/// <summary>
/// For a parameter that is a number of 32 bits or fewer, or a list of them, such as region ids from the
/// pipeline.
/// </summary>
internal sealed class Int32TransformationAttribute : WholeNumberTransformationAttribute
{
    /// <inheritdoc/>
    protected override object Convert(object value) =>
        value is IList list ? list.Cast<object?>().Select(ToInt32).ToArray() : ToInt32(value);

    /// <inheritdoc/>
    protected override bool MayBeForAnother(object? value) => ScriptValue.Unwrap(value) is not ValueType;

    // PowerShell refuses a number that does not fit, with the name of the type.
    private static object ToInt32(object? value)
    {
        long number = ScriptValue.ToInt64(value);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : (object)number;
    }
}
