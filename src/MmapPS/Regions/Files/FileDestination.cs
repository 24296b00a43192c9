using System;
using MmapPS.Bytes.Editing;
using MmapPS.Bytes.Scanning;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Resources;

namespace MmapPS.Regions.Files;

/// <summary>A file that bytes are copied to. It is opened for the first copy, and stays open for those that follow.</summary>
internal sealed class FileDestination : CopyDestination
{
    private readonly CopyOptions _options;
    private FileByteTarget? _target;
    private bool _opened;

    /// <param name="path">Its full path.</param>
    /// <param name="start">Where the first copy goes, in bytes from the file's start.</param>
    /// <param name="options">What may be done to it.</param>
    public FileDestination(string path, long start, CopyOptions options)
        : base(start)
    {
        Path = path;
        _options = options;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override string Subject => Path;

    /// <inheritdoc/>
    public override void Demand(long length, long place) => ByteRange.Endless(place, length, Path);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _target?.Dispose();
        _target = null;
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override ByteCopier Prepare(RegionCopy copy)
    {
        FileByteTarget target = _target ??= FileByteTarget.Open(Path, copy.Source.CopyPermissions, DemandWritable);
        _opened = true;
        bool same = copy.IsFrom(target.Identity);
        if (same && !Has(CopyOptions.KeepRest))
        {
            throw new MappingException(MappingError.NotSupported, Messages.CopyOntoItself(Path));
        }

        bool sparse = Has(CopyOptions.Sparse);
        if (sparse)
        {
            target.AllowHoles();
        }

        bool backward = same && copy.MovesUp(copy.Place);
        return new ByteCopier(new RegionByteSource(copy.Source, copy.Range, backward).Job, target, copy.Place)
        {
            Backward = backward,
            Hole = sparse ? (offset, length) => MakeHole(target, offset, length) : null,
            Transfer = sparse || backward ? null : (from, to, length) => target.Take(copy.Source, from, to, length),
        };
    }

    /// <summary>Ends the file with what was copied, or at least holds it: a hole at the end is not written.</summary>
    protected override void Complete(long place, long length)
    {
        long end = place + length;
        bool keepsRest = Has(CopyOptions.KeepRest);
        if (_target is { Type: FileType.Regular } target
            && (keepsRest ? length > 0 && target.Length < end : target.Length != end))
        {
            target.SetLength(end);
        }
    }

    private void DemandWritable(FileStatus status)
    {
        if (status.Type is not (FileType.Regular or FileType.BlockDevice))
        {
            throw new MappingException(MappingError.NotMappable, Messages.NotCopyTarget(Path, status.Type.ToString()));
        }

        if (!_opened && !Has(CopyOptions.Overwrite))
        {
            throw MappingException.FromSystem("open", "EEXIST", Messages.FileExists(Path));
        }
    }

    private bool Has(CopyOptions option) => (_options & option) != 0;

    private void MakeHole(FileByteTarget target, long offset, long length)
    {
        // What the file does not have yet is a hole once the file is that long.
        long inside = Math.Min(length, target.Length - offset);
        if (inside > 0 && HoleRefusal is null && target.PunchHole(offset, inside) is { } refusal)
        {
            HoleRefusal = $"{refusal.Function}: {refusal.Text} ({refusal.Name}).";
        }

        if (inside > 0 && HoleRefusal is not null)
        {
            ByteFiller.Fill(target, offset, inside, [0], ScanSettings.Default);
        }
    }
}
