using System;
using System.Collections.Generic;
using System.Linq;
using MmapPS.Bytes.Editing;
using MmapPS.Bytes.Sources;
using MmapPS.Native;
using MmapPS.Regions.Access;
using MmapPS.Regions.Life;
using MmapPS.Regions.Making;
using MmapPS.Resources;
using MmapPS.Terms;

namespace MmapPS.Regions.Files;

/// <summary>A patch file that is applied to regions, or to the files that it names. It is read as often as it is used.</summary>
internal sealed class RegionPatch : IDisposable
{
    private readonly MappedRegion _file;
    private readonly bool _forwards;
    private readonly Lazy<IReadOnlyList<PatchSubject>> _subjects;

    /// <param name="path">Its full path.</param>
    /// <param name="forwards">Whether old bytes become new ones, or new bytes old ones.</param>
    /// <exception cref="MappingException">FileNotFound, AccessDenied, NotMappable.</exception>
    public RegionPatch(string path, bool forwards)
    {
        _file = RegionFactory.OpenForReading(path);
        _forwards = forwards;
        _subjects = new Lazy<IReadOnlyList<PatchSubject>>(FindSubjects);
    }

    /// <summary>Bytes of the file.</summary>
    public long Length => _file.Length;

    /// <summary>The changes that are made in a region.</summary>
    /// <param name="region">The region: any, where the patch has changes of one file or region only; else one of those it names.</param>
    /// <param name="progress">Told how many bytes of the patch were read; what it throws ends the work.</param>
    /// <exception cref="MappingException">
    /// NotSupported: not a patch; InvalidHex: it is damaged; ExpectationFailed: it names several others; PageFault.
    /// </exception>
    public IEnumerable<RegionChange> In(MappedRegion region, Action<long> progress)
    {
        PatchSubject? subject = Choose(region);
        return Read(progress)
            .Where(entry => entry.Subject is null || IsSame(entry.Subject, subject))
            .Select(entry => Place(region, entry));
    }

    /// <summary>The changes that are made in the files that the patch names; each file is open until the next one's first change.</summary>
    /// <param name="durable">Whether the bytes are made durable before a file is closed.</param>
    /// <param name="progress">As for <see cref="In"/>.</param>
    /// <exception cref="MappingException">As <see cref="In"/>, or a file cannot be opened.</exception>
    public IEnumerable<RegionChange> InFiles(bool durable, Action<long> progress)
    {
        MappedRegion? file = null;
        try
        {
            foreach (PatchEntry entry in Read(progress))
            {
                if (entry.Subject is not { IsFile: true } subject)
                {
                    throw new MappingException(MappingError.NotSupported, Messages.PatchNamesNoFile(_file.Subject));
                }

                if (file?.Path != subject.Name)
                {
                    Close(file, durable);
                    file = null;
                    file = RegionFactory.OpenForEditing(subject.Name);
                }

                yield return Place(file!, entry);
            }

            Close(file, durable);
            file = null;
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>Makes sure that all changes can be made: that their bytes are there, and may be written.</summary>
    /// <exception cref="MappingException">
    /// ExpectationFailed, OutOfRange, LengthMismatch, NotWritable, NotReadable, or whatever finding the changes throws.
    /// </exception>
    public void Verify(IEnumerable<RegionChange> changes)
    {
        foreach (RegionChange found in changes)
        {
            DemandLength(found.Region, found.Subject);
            PatchApplier.Verify([found.Change], Source(found.Region), found.Region.Subject, mayBeDone: !_forwards);
            found.Region.Demand(MemoryProtection.Write, found.Region.Range(found.Change.Offset, found.Change.New.Length));
        }
    }

    /// <summary>The changes that are not made yet, which <see cref="Verify"/> has found in order.</summary>
    /// <exception cref="MappingException">Whatever finding the changes throws.</exception>
    public static IEnumerable<RegionChange> Plan(IEnumerable<RegionChange> changes) =>
        changes.Where(found => PatchApplier.Plan([found.Change], Source(found.Region)).Any());

    /// <summary>Closes the patch file.</summary>
    public void Dispose() => _file.Dispose();

    private static RegionByteSource Source(MappedRegion region) => new(region, region.Range(0, null));

    private static bool IsSame(PatchSubject one, PatchSubject? other) => one.IsFile == other?.IsFile && one.Name == other.Name;

    private static void Close(MappedRegion? file, bool durable)
    {
        if (durable && file is not null)
        {
            file.Synchronize(file.Range(0, null), SyncModes.Durable, monitor: null);
        }

        file?.Dispose();
    }

    private static void DemandLength(MappedRegion region, PatchSubject? subject)
    {
        if (subject is { IsFile: true } && region.PresentFileLength() is long present && present < subject.Length)
        {
            throw new MappingException(
                MappingError.LengthMismatch, Messages.PatchOfLongerFile(region.Subject, present, subject.Length));
        }
    }

    private IEnumerable<PatchEntry> Read(Action<long>? progress) =>
        PatchReader.Read(new SourceTextReader(Source(_file), progress));

    private List<PatchSubject> FindSubjects()
    {
        var subjects = new List<PatchSubject>();
        var known = new HashSet<(bool IsFile, string Name)>();
        PatchSubject? last = null;
        foreach (PatchEntry entry in Read(progress: null))
        {
            if (entry.Subject is not null && entry.Subject != last && known.Add((entry.Subject.IsFile, entry.Subject.Name)))
            {
                subjects.Add(entry.Subject);
            }

            last = entry.Subject;
        }

        return subjects;
    }

    private PatchSubject? Choose(MappedRegion region)
    {
        if (_subjects.Value.Count <= 1)
        {
            return _subjects.Value.Count == 0 ? null : _subjects.Value[0];
        }

        StringComparison comparison = MemoryPlatform.Current.PathComparison;
        return _subjects.Value.FirstOrDefault(subject => subject.IsFile
                ? string.Equals(subject.Name, region.Path, comparison)
                : region.Path is null && subject.Name == (region.Name ?? string.Empty))
            ?? throw new MappingException(
                MappingError.ExpectationFailed, Messages.PatchOfOthers(region.Subject, _file.Subject, _subjects.Value.Count));
    }

    private RegionChange Place(MappedRegion region, PatchEntry entry)
    {
        ByteChange change = _forwards ? entry.Change : entry.Change.Reverse();
        long origin = entry.Subject is { IsFile: true } ? region.Offset : 0;
        return new RegionChange(region, change with { Offset = change.Offset - origin }, entry.Subject);
    }
}
