using System;
using System.Management.Automation;
using MmapPS.Bytes.Hashing;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;
using MmapPS.Commands.Bases;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Work;

namespace MmapPS.Commands;

/// <summary>Hashes a range of a region, or each block of it, so that two copies can be compared without bringing them together.</summary>
[Cmdlet(VerbsCommon.Get, "MappedHash", DefaultParameterSetName = RegionSet)]
[OutputType(typeof(MappedHash))]
public sealed class GetMappedHashCommand : BlockCommand
{
    /// <summary>The algorithm; default SHA256.</summary>
    [Parameter]
    [ValidateSet(
        HashName.Md5, HashName.Sha1, HashName.Sha256, HashName.Sha384, HashName.Sha512, HashName.Crc32, HashName.XxHash3)]
    public string Algorithm { get; set; } = HashName.Sha256;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();

        // ValidateSet ignores case, and the objects have the usual spelling.
        Algorithm = Array.Find(HashName.All, name => name.Equals(Algorithm, StringComparison.OrdinalIgnoreCase))!;
    }

    /// <inheritdoc/>
    private protected override void ProcessRange(MappedRegion region, ByteRange range)
    {
        using IWork work = Watch(range.Length);
        SourceRange bytes = new RegionByteSource(region, range).Job;
        foreach (Block<byte[]> block in RangeHasher.Hash(bytes, BlockSize, Algorithm, Watched(work)))
        {
            WriteObject(new MappedHash(region, Algorithm, block));
        }
    }
}
