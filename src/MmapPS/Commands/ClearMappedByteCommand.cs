using System.IO;
using System.Management.Automation;
using MmapPS.Bytes.Editing;
using MmapPS.Bytes.Patterns;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Regions.Pages;
using MmapPS.Resources;
using MmapPS.Scripting;
using MmapPS.Work;

namespace MmapPS.Commands;

/// <summary>Fills a range of a region or file with zeros or with another value.</summary>
[Cmdlet(VerbsCommon.Clear, "MappedByte", DefaultParameterSetName = RegionSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion), typeof(FileInfo))]
public sealed class ClearMappedByteCommand : FileRangeCommand
{
    /// <summary>What to fill with, repeated: byte, byte[], a whole number from 0 to 255, char or UTF-8 text; default 0.</summary>
    [Parameter]
    public object? Value { get; set; }

    /// <summary>Free the storage of the whole pages in the range: blocks of the file become holes, memory is freed.</summary>
    [Parameter]
    public SwitchParameter Deallocate { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override FileAccess? FileUse => FileAccess.ReadWrite;

    /// <inheritdoc/>
    private protected override void ProcessRange(MappedRegion region, ByteRange range)
    {
        byte[] value = ReadValue();
        region.Protections.Demand(MemoryProtection.Write, range);
        string action = Deallocate ? Messages.ActionDeallocate(range.Length)
            : value.Length == 1 && value[0] == 0 ? Messages.ActionClear(range.Length)
            : Messages.ActionFill(range.Length, HexText.Format(value));
        Change(region, range, action, work =>
        {
            if (!Deallocate)
            {
                Fill(region, range, range, value, work);
            }
            else if (new RegionDeallocator(region, range).Run(work, rest => Fill(region, rest, range, value, work)) is string reason)
            {
                WriteWarning(Messages.DeallocateFellBack(region.Subject, reason));
            }
        });
    }

    private byte[] ReadValue()
    {
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(Value)))
        {
            return [0];
        }

        if (Deallocate)
        {
            throw new MappingException(MappingError.NotSupported, Messages.ClearValueAndDeallocate());
        }

        byte[] value = ByteValue.ToBytes(
            Given(nameof(Value), Value), EncodingTransformationAttribute.Default, ScriptCaller.Unwrap);
        return value.Length > 0 ? value : throw new MappingException(MappingError.PatternEmpty, Messages.ValueEmpty());
    }

    private static void Fill(MappedRegion region, ByteRange range, ByteRange job, byte[] value, IWork work) =>
        ByteFiller.Fill(new RegionByteSource(region, job), range.Offset, range.Length, value, Watched(work));
}
