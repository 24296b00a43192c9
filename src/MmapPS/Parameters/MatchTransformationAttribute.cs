using System.Management.Automation;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Parameters;

/// <summary>Lets a parameter take any object with the properties Region, Offset and Length: a match, a difference, a change.</summary>
internal sealed class MatchTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        PSMemberInfoCollection<PSPropertyInfo> properties = PSObject.AsPSObject(inputData).Properties;
        if (!LanguagePrimitives.TryConvertTo(properties["Region"]?.Value, out MappedRegion region) || region is null)
        {
            // With this inner exception, PowerShell tries the other parameters for the object.
            throw new ArgumentTransformationMetadataException(Messages.NoMatch(), new PSInvalidCastException());
        }

        try
        {
            return new MatchedRange(region, ToNumber(properties["Offset"]), ToNumber(properties["Length"]));
        }
        catch (PSInvalidCastException exception)
        {
            throw new ArgumentTransformationMetadataException(exception.Message);
        }

        static long ToNumber(PSPropertyInfo? property) =>
            ScriptValue.ToInt64(property?.Value ?? throw new PSInvalidCastException(Messages.NoMatch()));
    }
}
