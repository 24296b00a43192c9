using System.Management.Automation;
using System.Text;
using MmapPS.Parameters;
using MmapPS.Regions;

namespace MmapPS.Commands;

/// <summary>Reads bytes of a region as one byte array, or as text.</summary>
[Cmdlet(VerbsCommunications.Read, "MappedByte")]
[OutputType(typeof(byte[]), typeof(string))]
public sealed class ReadMappedByteCommand : RegionCommand
{
    /// <summary>Where to start, in bytes from the region's start; default 0.</summary>
    [Parameter(Position = 1)]
    public long Offset { get; set; }

    /// <summary>How many bytes; default all from the offset on.</summary>
    [Parameter(Position = 2)]
    public long? Length { get; set; }

    /// <summary>Decode the bytes and emit a string.</summary>
    [Parameter]
    [EncodingTransformation]
    [EncodingCompleter]
    public Encoding? Encoding { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        ByteRange range = region.Range(Offset, Length);
        using CommandMonitor monitor = Watch(MyInvocation.MyCommand.Name, range.Length);
        if (Encoding is null)
        {
            WriteObject(region.Read(range.Offset, range.Length, monitor), enumerateCollection: false);
        }
        else
        {
            WriteObject(RegionText.Decode(region, range, Encoding, monitor));
        }
    }
}
