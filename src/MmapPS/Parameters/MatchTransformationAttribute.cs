using System.Management.Automation;
using MmapPS.Resources;

namespace MmapPS.Parameters;

/// <summary>Lets a parameter take any object with properties Region, Offset and Length: a match, a difference, a change.</summary>
internal sealed class MatchTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        PSMemberInfoCollection<PSPropertyInfo> properties = PSObject.AsPSObject(inputData).Properties;
        try
        {
            return new MatchedRange(
                LanguagePrimitives.ConvertTo<MappedRegion>(properties["Region"]?.Value)
                    ?? throw new PSInvalidCastException(Messages.NoMatch()),
                LanguagePrimitives.ConvertTo<long>(properties["Offset"]?.Value),
                LanguagePrimitives.ConvertTo<long>(properties["Length"]?.Value));
        }
        catch (PSInvalidCastException exception)
        {
            // With this cause, PowerShell goes on with the other parameters that the object may be for.
            throw new ArgumentTransformationMetadataException(exception.Message, exception);
        }
    }
}
