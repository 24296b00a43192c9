using System.Management.Automation;

namespace MmapPS.Scripting;

/// <summary>
/// An error of a region member that a script called. PowerShell does not wrap a MethodException, so the error
/// record keeps its id; any other exception would be wrapped under its type name.
/// </summary>
internal sealed class RegionMemberException : MethodInvocationException
{
    public RegionMemberException(ErrorRecord record)
        : base(record.Exception.Message, record.Exception) =>
        ErrorRecord = new ErrorRecord(this, record.FullyQualifiedErrorId, record.CategoryInfo.Category, record.TargetObject);

    /// <inheritdoc/>
    public override ErrorRecord ErrorRecord { get; }
}
