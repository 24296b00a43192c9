using System.Management.Automation;
using MmapPS.Scripting;

namespace MmapPS.Parameters;

/// <summary>
/// Converts any number, and sizes such as 4KiB, to whole numbers; PowerShell itself would round fractions. Because it
/// runs before PowerShell checks the type of a property, properties of any type bind as early as those of the parameter's
/// own type. A property that needs conversion would bind later, after the parameter set was chosen without it.
/// </summary>
internal abstract class WholeNumberTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return ScriptValue.Unwrap(inputData) is { } value ? Convert(value) : FromNull()!;
        }
        catch (PSInvalidCastException exception)
        {
            // With this inner exception PowerShell skips the parameter and tries others for the pipeline object.
            // A property with the parameter's own name belongs to no other: skipping it would use the default value.
            throw new ArgumentTransformationMetadataException(exception.Message, MayBeForAnother(inputData) ? exception : null);
        }
    }

    /// <summary>The number in the type of the parameter.</summary>
    /// <exception cref="PSInvalidCastException">It is not a whole number.</exception>
    protected abstract object Convert(object value);

    /// <summary>The result for null; PowerShell itself refuses null if the parameter is mandatory.</summary>
    /// <exception cref="PSInvalidCastException">Null is refused.</exception>
    protected virtual object? FromNull() => null;

    /// <summary>Whether another parameter may take a value that this one refuses.</summary>
    protected virtual bool MayBeForAnother(object? value) => false;
}
