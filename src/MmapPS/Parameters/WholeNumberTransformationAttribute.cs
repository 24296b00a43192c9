using System.Management.Automation;
using MmapPS.Scripting;

namespace MmapPS.Parameters;

/// <summary>
/// Makes whole numbers of any numbers, and of sizes such as 4KiB, where PowerShell itself would round a fraction. Because it
/// comes before PowerShell looks whether a property's type fits, properties of any type are bound as early as those of the
/// parameter's own: a property that needs conversion is bound later, when the parameter set has been chosen without it.
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
            // With this cause PowerShell leaves the parameter out and goes on with others that an object of the pipeline may be
            // for. A property that has the parameter's name is for no other: without it the default would be taken.
            throw new ArgumentTransformationMetadataException(exception.Message, MayBeForAnother(inputData) ? exception : null);
        }
    }

    /// <summary>The number as the type that the parameter has.</summary>
    /// <exception cref="PSInvalidCastException">It is not a whole number.</exception>
    protected abstract object Convert(object value);

    /// <summary>What becomes of null; PowerShell itself refuses it where the parameter is mandatory.</summary>
    /// <exception cref="PSInvalidCastException">It is refused.</exception>
    protected virtual object? FromNull() => null;

    /// <summary>Whether another parameter may take what this one does not.</summary>
    protected virtual bool MayBeForAnother(object? value) => false;
}
