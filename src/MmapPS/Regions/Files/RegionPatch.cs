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
using MmapPS.Work;

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

    /// <summary>Makes the changes that are not made yet, after checking that all of them can be made.</summary>
    /// <param name="region">
    /// The region to change: any, where the patch changes one file or region only; else one of those that it names. Null for the files
    /// that it names.
    /// </param>
    /// <param name="agrees">Asks whether to make a change.</param>
    /// <param name="durable">Whether the bytes of a file are made durable before it is closed.</param>
    /// <param name="progress">Told how many bytes of the patch were read, twice over; what it throws ends the work.</param>
    /// <returns>Each change once it is made.</returns>
    /// <exception cref="MappingException">
    /// NotSupported: not a patch; InvalidHex: it is damaged; ExpectationFailed: the bytes are others, or it names several others;
    /// OutOfRange, LengthMismatch, NotWritable, NotReadable, PageFault; or a file cannot be opened.
    /// </exception>
    public IEnumerable<RegionChange> Apply(
        MappedRegion? region, Func<RegionChange, bool> agrees, bool durable, Action<long> progress)
    {
        Verify(Find(region, durable: false, progress));
        IEnumerable<RegionChange> open = Find(region, durable, progress)
            .Where(found => PatchApplier.Plan([found.Change], Source(found.Region)).Any());
        foreach (RegionChange found in open.Where(agrees))
        {
            found.Region.Bytes.Write(found.Change.Offset, found.Change.New, Unwatched.Work);
            yield return found;
        }
    }

    /// <summary>Closes the patch file.</summary>
    public void Dispose() => _file.Dispose();

    private IEnumerable<RegionChange> Find(MappedRegion? region, bool durable, Action<long> progress) =>
        region is null ? FindInFiles(durable, progress) : FindIn(region, progress);

    private IEnumerable<RegionChange> FindIn(MappedRegion region, Action<long> progress)
    {
        PatchSubject? subject = Choose(region);
        return Read(progress)
            .Where(entry => entry.Subject is null || IsSame(entry.Subject, subject))
            .Select(entry => Place(region, entry));
    }

    // Each file is open until the first change of the next one.
    private IEnumerable<RegionChange> FindInFiles(bool durable, Action<long> progress)
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

    // All bytes must be there, and writable.
    private void Verify(IEnumerable<RegionChange> changes)
    {
        foreach (RegionChange found in changes)
        {
            DemandLength(found.Region, found.Subject);
            PatchApplier.Verify([found.Change], Source(found.Region), found.Region.Subject, mayBeDone: !_forwards);
            found.Region.Protections.Demand(MemoryProtection.Write, found.Region.Range(found.Change.Offset, found.Change.New.Length));
        }
    }

    private static RegionByteSource Source(MappedRegion region) => new(region, region.Range(0, null));

    private static bool IsSame(PatchSubject one, PatchSubject? other) => one.IsFile == other?.IsFile && one.Name == other.Name;

    private static void Close(MappedRegion? file, bool durable)
    {
        if (durable && file is not null)
        {
            file.Sync.Synchronize(file.Range(0, null), SyncModes.Durable, Unwatched.Work);
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
