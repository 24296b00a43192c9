using System.Management.Automation;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Parameters;

/// <summary>Lets a parameter take any object with properties Region, Offset and Length: a match, a difference, a change.</summary>
internal sealed class MatchTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        PSMemberInfoCollection<PSPropertyInfo> properties = PSObject.AsPSObject(inputData).Properties;
        if (!LanguagePrimitives.TryConvertTo(properties["Region"]?.Value, out MappedRegion region) || region is null)
        {
            // With this cause, PowerShell goes on with the other parameters that the object may be for.
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
