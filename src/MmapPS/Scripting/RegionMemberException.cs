using System.Management.Automation;

namespace MmapPS.Scripting;

/// <summary>
/// An error of a region's own member, called by a script. PowerShell passes a MethodException on as it is, so the error
/// record keeps its id, where any other exception would be wrapped under its type's name.
/// </summary>
internal sealed class RegionMemberException : MethodInvocationException
{
    public RegionMemberException(ErrorRecord record)
        : base(record.Exception.Message, record.Exception) =>
        ErrorRecord = new ErrorRecord(this, record.FullyQualifiedErrorId, record.CategoryInfo.Category, record.TargetObject);

    /// <inheritdoc/>
    public override ErrorRecord ErrorRecord { get; }
}
