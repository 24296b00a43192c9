using System.Management.Automation;

namespace MmapPS.Parameters;

/// <summary>
/// Makes 64-bit numbers of any numbers before PowerShell looks whether a property's type fits: a property that needs
/// conversion is bound later than others, when the parameter set has been chosen without it.
/// </summary>
internal sealed class Int64TransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            // Null would become 0, and a range of no bytes is done without a word. PowerShell refuses null itself.
            return inputData is null ? null! : LanguagePrimitives.ConvertTo<long>(inputData);
        }
        catch (PSInvalidCastException exception)
        {
            throw new ArgumentTransformationMetadataException(exception.Message, exception);
        }
    }
}
