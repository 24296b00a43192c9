using System.IO;
using System.Management.Automation;
using MmapPS.Parameters;

namespace MmapPS.Commands.Bases;

/// <summary>A cmdlet that emits an object for a range of each region, match or file, or for each block of it.</summary>
public abstract class BlockCommand : FileRangeCommand
{
    /// <summary>Bytes of a block, 1 or more; the last one may be shorter. Default: all of the range is one block.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    [Int64Transformation]
    public long? BlockSize { get; set; }

    /// <inheritdoc/>
    private protected override FileAccess? FileUse => FileAccess.Read;
}
