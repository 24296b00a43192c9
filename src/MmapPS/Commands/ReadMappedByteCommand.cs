using System.IO;
using System.Management.Automation;
using System.Text;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Work;

namespace MmapPS.Commands;

/// <summary>Reads bytes of a region as one byte array, or as text.</summary>
[Cmdlet(VerbsCommunications.Read, "MappedByte", DefaultParameterSetName = RegionSet)]
[OutputType(typeof(byte[]), typeof(string))]
public sealed class ReadMappedByteCommand : FileRangeCommand
{
    /// <summary>Decode the bytes and emit a string.</summary>
    [Parameter]
    [EncodingTransformation]
    [EncodingCompleter]
    public Encoding? Encoding { get; set; }

    /// <inheritdoc/>
    private protected override FileAccess? FileUse => FileAccess.Read;

    /// <inheritdoc/>
    private protected override void ProcessRange(MappedRegion region, ByteRange range)
    {
        using IWork work = Watch(range.Length);
        if (Encoding is null)
        {
            WriteObject(region.Bytes.Read(range.Offset, range.Length, work), enumerateCollection: false);
        }
        else
        {
            WriteObject(RegionText.Decode(region, range, Encoding, work));
        }
    }
}
