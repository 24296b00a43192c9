using System;
using System.Diagnostics;
using System.Dynamic;
using System.IO;
using System.Linq.Expressions;
using System.Threading;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Regions.Binding;
using MmapPS.Regions.Life;
using MmapPS.Regions.Making;
using MmapPS.Regions.Pages;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS;

/// <summary>
/// A mapped range of a file, a device or memory. All its members may be called from any thread; none can crash the
/// process, whatever happens to the memory or the file.
/// </summary>
public sealed partial class MappedRegion : IDisposable, IDynamicMetaObjectProvider
{
    /// <summary>Bytes moved between two looks at whether to go on: a millisecond in memory.</summary>
    internal const int ChunkSize = 8 << 20;

    // The longest array of bytes that .NET makes (Array.MaxLength).
    private const long MaxArrayLength = 0x7FFFFFC7;

    private static int s_lastId;

    private readonly RegionSource _source;
    private readonly RegionGate _gate;
    private readonly ProtectionMap _protection;
    private readonly RangeMap<bool> _locked;
    private readonly WriteBackGuard? _unsaved;
    private RegionView _view;
    private MemoryProtection _allowed;

    internal MappedRegion(RegionSource source, RegionView view)
    {
        _source = source;
        _view = view;
        _gate = new RegionGate(Release);
        _protection = new ProtectionMap(source.Request.Protection);
        _locked = new RangeMap<bool>((source.Request.Options & MapOptions.Locked) != 0);
        _unsaved = Sharing == MapSharing.Shared && source.File is { HasEnd: true } && source.Platform.ForgetsFailedWrites
            ? new WriteBackGuard(PageSize)
            : null;
        _allowed = source.Request.Protection;
        Id = Interlocked.Increment(ref s_lastId);
    }

    /// <summary>The number of the region in this process, from 1 on; never used again.</summary>
    public int Id { get; }

    /// <summary>What stands behind the region.</summary>
    public RegionKind Kind => _source.Kind;

    /// <summary>The full path of the mapped file, or null.</summary>
    public string? Path => _source.Request.Path;

    /// <summary>The name of named shared memory, or null.</summary>
    public string? Name => _source.Request.Name;

    /// <summary>Where in the file or the memory with a name the region starts, in bytes; 0 for anonymous memory.</summary>
    public long Offset => _source.Request.Offset;

    /// <summary>How many bytes the region has.</summary>
    public long Length => _view.Length;

    /// <summary>What may be done with its bytes; where parts differ, what may be done with some of them.</summary>
    public MemoryProtection Protection => _allowed;

    /// <summary>Who sees changes.</summary>
    public MapSharing Sharing => _source.Request.Sharing;

    /// <summary>
    /// <see cref="Protection"/>, and s for shared or p for private, as the system's lists of mappings say it: <c>rw-s</c>.
    /// </summary>
    public string Mode => string.Concat(
        (Protection & MemoryProtection.Read) != 0 ? "r" : "-",
        (Protection & MemoryProtection.Write) != 0 ? "w" : "-",
        (Protection & MemoryProtection.Execute) != 0 ? "x" : "-",
        Sharing == MapSharing.Shared ? "s" : "p");

    /// <summary>How it was made.</summary>
    public MapOptions Option => _source.Request.Options;

    /// <summary>The address of the first byte; 0 for an empty region and once removed.</summary>
    public long Address => IsOpen ? _view.Address : 0;

    /// <summary>Bytes of the pages that the region is made of.</summary>
    public long PageSize => _source.PageSize;

    /// <summary>Bytes that the file has at present; null without a file that has an end, and once removed.</summary>
    public long? FileLength => AskFile<long?>(file => file.HasEnd ? file.Length : null);

    /// <summary>What became of the file since it was mapped; null without a file, and once removed.</summary>
    public FileState? FileState => AskFile<FileState?>(file => file.FindState(Offset + Length, Path is not null));

    /// <summary>Whether the file was cut, replaced or deleted since it was mapped.</summary>
    public bool IsStale => FileState is not (null or MmapPS.FileState.Current);

    /// <summary>Whether the region may still be used.</summary>
    public bool IsOpen => _gate.IsOpen;

    /// <summary>The same as text: Open or Removed.</summary>
    public string State => IsOpen ? Messages.StateOpen() : Messages.StateRemoved();

    /// <summary>What the language of those who call members wants.</summary>
    internal static ICallerLanguage Language { get; set; } = new PlainLanguage();

    /// <summary>How messages name the region.</summary>
    internal string Subject => Path ?? Name ?? Messages.AnonymousRegion(Id);

    /// <summary>All bytes of the region.</summary>
    /// <inheritdoc cref="Read(long, long)"/>
    public byte[] Read() => Read(0, Length);

    /// <summary>Bytes of the region.</summary>
    /// <param name="offset">Where to start, in bytes from the region's start.</param>
    /// <param name="count">How many, at most 2,147,483,591 at once.</param>
    /// <exception cref="OutOfRangeException">The range lies outside the region.</exception>
    /// <exception cref="MappingException">PageFault, NotReadable, RegionClosed.</exception>
    public byte[] Read(long offset, long count) => Member(() => Read(offset, count, monitor: null));

    /// <summary>Reads into a buffer.</summary>
    /// <param name="offset">Where to start, in bytes from the region's start.</param>
    /// <param name="buffer">Where to put the bytes.</param>
    /// <param name="index">The first place in the buffer.</param>
    /// <param name="count">How many bytes.</param>
    /// <exception cref="OutOfRangeException">The range lies outside the region or the buffer.</exception>
    /// <exception cref="MappingException">PageFault, NotReadable, RegionClosed.</exception>
    public void Read(long offset, byte[] buffer, int index, int count) =>
        Member(() =>
        {
            Read(offset, Slice(buffer, index, count), monitor: null);
            return count;
        });

    /// <summary>Writes bytes into the region.</summary>
    /// <param name="offset">Where to start, in bytes from the region's start.</param>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="OutOfRangeException">The range lies outside the region.</exception>
    /// <exception cref="MappingException">
    /// PageFault, NotWritable, NoSpace, RegionClosed; the message says how many were written.
    /// </exception>
    public void Write(long offset, byte[] bytes) =>
        Write(offset, bytes ?? throw new ArgumentNullException(nameof(bytes)), 0, bytes.Length);

    /// <summary>Writes a part of a buffer into the region.</summary>
    /// <param name="offset">Where to start, in bytes from the region's start.</param>
    /// <param name="buffer">The bytes.</param>
    /// <param name="index">The first place in the buffer.</param>
    /// <param name="count">How many bytes.</param>
    /// <exception cref="OutOfRangeException">The range lies outside the region or the buffer.</exception>
    /// <exception cref="MappingException">
    /// PageFault, NotWritable, NoSpace, RegionClosed; the message says how many were written.
    /// </exception>
    public void Write(long offset, byte[] buffer, int index, int count) =>
        Member(() =>
        {
            Write(offset, Slice(buffer, index, count), monitor: null);
            return count;
        });

    /// <summary>A stream over the region: seekable, of fixed length, readable and writable as the region is.</summary>
    /// <exception cref="RegionClosedException">The region was removed.</exception>
    public Stream OpenStream() => Member(() =>
    {
        using RegionUse use = Use();
        return new MappedRegionStream(this);
    });

    /// <summary>Unmaps the region; once more does nothing. Uses by other threads end first.</summary>
    public void Dispose() => _gate.Close();

    /// <inheritdoc/>
    public override string ToString() => Messages.RegionText(Subject, Offset, Length);

    /// <inheritdoc/>
    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new MappedRegionMetaObject(parameter, this);

    /// <summary>Keeps the region mapped until the result is disposed.</summary>
    /// <exception cref="RegionClosedException">The region was removed.</exception>
    internal RegionUse Use() => TryEnter() ? new RegionUse(_gate) : throw Closed();

    /// <summary>A range that is known to lie within the region.</summary>
    /// <exception cref="OutOfRangeException">It does not.</exception>
    /// <exception cref="RegionClosedException">The region was removed.</exception>
    internal ByteRange Range(long offset, long? length) =>
        IsOpen ? ByteRange.Within(Length, offset, length, Subject) : throw Closed();

    internal byte[] Read(long offset, long count, IWorkMonitor? monitor)
    {
        ByteRange range = Range(offset, count);
        if (count > MaxArrayLength)
        {
            throw new OutOfRangeException(Messages.ArrayTooLong(count, MaxArrayLength));
        }

        byte[] bytes = new byte[count];
        Read(range.Offset, bytes, monitor);
        return bytes;
    }

    /// <summary>Reads bytes in chunks.</summary>
    /// <param name="offset">Where to start, in bytes from the region's start.</param>
    /// <param name="destination">Where to put the bytes.</param>
    /// <param name="monitor">Told of every chunk.</param>
    /// <param name="before">Bytes of the same job that were read earlier; an error message counts them in.</param>
    /// <param name="total">Bytes of the whole job; default these and those before.</param>
    internal void Read(long offset, Span<byte> destination, IWorkMonitor? monitor, long before = 0, long? total = null)
    {
        using RegionUse use = Use();
        ByteRange range = Range(offset, destination.Length);
        Demand(MemoryProtection.Read, range);
        int done = 0;
        while (done < range.Length)
        {
            CopyOutcome outcome = _view.Access.Read(offset + done, destination.Slice(done, Math.Min(ChunkSize, destination.Length - done)));
            done += outcome.Count;
            if (outcome.Stop != CopyStop.Completed)
            {
                throw Failure(outcome.Stop, offset - before, before + done, total ?? (before + destination.Length), writing: false);
            }

            monitor?.Advance(outcome.Count);
        }
    }

    /// <summary>Writes bytes in chunks.</summary>
    /// <param name="offset">Where to start, in bytes from the region's start.</param>
    /// <param name="source">The bytes.</param>
    /// <param name="monitor">Told of every chunk.</param>
    /// <param name="before">Bytes of the same job that were written earlier; an error message counts them in.</param>
    /// <param name="total">Bytes of the whole job; default these and those before.</param>
    internal void Write(long offset, ReadOnlySpan<byte> source, IWorkMonitor? monitor, long before = 0, long? total = null)
    {
        using RegionUse use = Use();
        ByteRange range = Range(offset, source.Length);
        Demand(MemoryProtection.Write, range);
        int done = 0;
        while (done < range.Length)
        {
            CopyOutcome outcome = _view.Access.Write(offset + done, source.Slice(done, Math.Min(ChunkSize, source.Length - done)));
            _unsaved?.Note(_view.Lead + offset + done, outcome.Count);
            done += outcome.Count;
            if (outcome.Stop != CopyStop.Completed)
            {
                throw Failure(outcome.Stop, offset - before, before + done, total ?? (before + source.Length), writing: true);
            }

            monitor?.Advance(outcome.Count);
        }
    }

    /// <summary>Lends bytes themselves, where looking at them is safe; the region stays as it is until <see cref="TakeBack"/>.</summary>
    /// <returns>Whether they are lent; if not, reading them works or says why not.</returns>
    internal bool TryLend(long offset, int length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!TryEnter())
        {
            return false;
        }

        bool lent = false;
        try
        {
            lent = ByteRange.Find(Length, offset, length) is { } range && Allows(MemoryProtection.Read, range)
                && _view.Access.TryLend(offset, length, out bytes);
            return lent;
        }
        finally
        {
            if (!lent)
            {
                _gate.Exit();
            }
        }
    }

    /// <summary>Bytes that were lent are looked at no more.</summary>
    internal void TakeBack() => _gate.Exit();

    /// <summary>How many bytes of a range are zeros from its start on, and need not be read.</summary>
    /// <returns>Bytes; 0 where reading tells what is there, or why it cannot be read.</returns>
    internal long CountZeros(long offset, long length)
    {
        if (!TryEnter())
        {
            return 0;
        }

        try
        {
            return ByteRange.Find(Length, offset, length) is { } range && Allows(MemoryProtection.Read, range)
                ? Math.Min(length, _view.Access.CountZeros(offset))
                : 0;
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Which file stands behind the region; null where none does or the system does not say.</summary>
    internal FileIdentity? IdentifyFile()
    {
        using RegionUse use = Use();
        return _source.File is null ? null : _source.Platform.Identify(_source.File.Handle);
    }

    /// <summary>What a copy's file is made with, so that nobody may read there what they may not read here.</summary>
    internal int CopyPermissions => _source.Request.Secret ? FilePermissions.Owner
        : _source.File?.Status.Permissions ?? FilePermissions.Anyone;

    /// <summary>Has the system move bytes into a file, where it can.</summary>
    /// <returns>How many it moved; reading the others works or says why not.</returns>
    internal long MoveTo(SafeFileHandle target, long targetOffset, long offset, long length)
    {
        using RegionUse use = Use();
        ByteRange range = Range(offset, length);
        Demand(MemoryProtection.Read, range);
        return _view.Access.MoveTo(target, targetOffset, offset, length);
    }

    /// <summary>Refuses what the region's protection does not allow.</summary>
    /// <exception cref="MappingException">NotReadable, NotWritable.</exception>
    internal void Demand(MemoryProtection needed, ByteRange range)
    {
        bool writing = needed == MemoryProtection.Write;
        if ((Protection & needed) != needed)
        {
            throw writing
                ? new NotWritableException(Messages.NotWritable(Subject, Protection.ToString()))
                : new NotReadableException(Messages.NotReadable(Subject, Protection.ToString()));
        }

        if (!_protection.IsUniform && _protection.FindDenied(range, needed) is long denied)
        {
            throw writing
                ? new NotWritableException(Messages.RangeNotWritable(Subject, denied))
                : new NotReadableException(Messages.RangeNotReadable(Subject, denied));
        }
    }

    /// <summary>Changes what may be done with the whole pages that hold a range.</summary>
    /// <returns>The range that was changed.</returns>
    /// <exception cref="MappingException">AccessDenied, LimitReached, RegionClosed.</exception>
    internal ByteRange Protect(long offset, long? length, MemoryProtection protection, CancellationToken stop) => Alone(
        () =>
        {
            ByteRange range = Range(offset, length);
            if (_view.Mapping is not { } mapping || range.Length == 0)
            {
                return range;
            }

            (long start, long size) = _view.PagesAround(range, PageSize);
            ByteRange changed = _view.Within(start, size, Subject);
            _source.Platform.DemandSplit(Subject);
            try
            {
                _source.Platform.Protect(Subject, mapping.Address + (nint)start, size, protection);
            }
            catch (MappingException)
            {
                TakeBackProtection(mapping, changed, protection);
                throw;
            }

            NoteProtection(changed.Offset, changed.Offset + changed.Length, protection);
            return changed;
        },
        stop);

    // The system may have protected some of the pages before it refused one. Where they cannot be given back what they had, only
    // what both allow is known to be allowed.
    private void TakeBackProtection(MappingHandle mapping, ByteRange tried, MemoryProtection protection)
    {
        foreach ((long start, long end, MemoryProtection before) in _protection.In(tried.Offset, tried.Offset + tried.Length))
        {
            try
            {
                (long from, long size) = _view.PagesAround(Range(start, end - start), PageSize);
                _source.Platform.Protect(Subject, mapping.Address + (nint)from, size, before);
            }
            catch (MappingException)
            {
                NoteProtection(start, end, before & protection);
            }
        }
    }

    private void NoteProtection(long start, long end, MemoryProtection protection)
    {
        _protection.Set(start, end == Length ? long.MaxValue : end, protection);
        _allowed = _protection.Union;
    }

    /// <summary>The length with which the region reaches to the end that its file has now; 0 where that comes before the region.</summary>
    /// <exception cref="MappingException">RegionClosed; NotSupported: there is no file that has an end.</exception>
    internal long FindLengthToFileEnd()
    {
        using RegionUse use = Use();
        return PresentFileLength() is long present
            ? Math.Max(0, present - Offset)
            : throw new MappingException(MappingError.NotSupported, Messages.NoFileToReach(Subject));
    }

    /// <summary>Gives the region another length, growing a shared region's file where it is too short.</summary>
    /// <param name="length">Bytes that it shall have.</param>
    /// <param name="cutFile">Whether a file that is longer is cut off at the region's end.</param>
    /// <param name="stop">Ends the wait for other uses of the region.</param>
    /// <param name="watch">Makes a watch over so many bytes being added to the file.</param>
    /// <param name="growFile">Whether a file that is too short is made longer; else the region may end behind it.</param>
    /// <exception cref="MappingException">
    /// NoSpace, OutOfRange, NotSupported, NotWritable, LimitReached, RegionClosed; region and file are then as before.
    /// </exception>
    internal void Resize(
        long length, bool cutFile, CancellationToken stop, Func<long, IWorkMonitor>? watch = null, bool growFile = true) => Alone(
        () =>
        {
            MappingHandle? before = _view.Mapping;
            try
            {
                _source.Resize(ref _view, length, cutFile, growFile, _protection, watch);
            }
            finally
            {
                _protection.Truncate(Length);
                _allowed = _protection.Union;
                _locked.Truncate(Length);
                if (_view.Mapping != before)
                {
                    _locked.Set(0, long.MaxValue, (Option & MapOptions.Locked) != 0);
                }
            }

            return length;
        },
        stop);

    private static Span<byte> Slice(byte[] buffer, int index, int count)
    {
        if (buffer is null)
        {
            throw new ArgumentNullException(nameof(buffer));
        }

        ByteRange.Within(buffer.Length, index, count, Messages.Buffer());
        return buffer.AsSpan(index, count);
    }

    /// <summary>Does the work of a member that a script calls.</summary>
    internal T Member<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (MappingException exception)
        {
            throw Language.Dress(exception, this);
        }
    }

    private T? AskFile<T>(Func<BackingFile, T?> ask)
    {
        if (_source.File is not { } file || !TryEnter())
        {
            return default;
        }

        try
        {
            return ask(file);
        }
        finally
        {
            _gate.Exit();
        }
    }

    private bool TryEnter()
    {
        bool entered = _gate.TryEnter();
        Debug.Assert(!entered || _view.IsMapped, "The region reaches past its mapping.");
        return entered;
    }

    private bool Allows(MemoryProtection needed, ByteRange range) =>
        (Protection & needed) == needed && (_protection.IsUniform || _protection.FindDenied(range, needed) is null);

    private RegionClosedException Closed() => new(Messages.RegionClosed(Path ?? Name ?? Messages.AnonymousMemory(), Id, Kind));

    private MappingException Failure(CopyStop stop, long offset, long done, long wanted, bool writing)
    {
        long at = offset + done;
        return stop switch
        {
            CopyStop.NoSpace => new NoSpaceException(Messages.NoSpaceToWrite(Subject, at, done, wanted)),
            CopyStop.InputOutput => new PageFaultException(Messages.StorageFailed(Subject, at, done, wanted, writing)),
            _ => new PageFaultException(Messages.PageFault(Subject, at, Offset + at, PresentFileLength(), done, wanted, writing)),
        };
    }

    /// <summary>Bytes that the file has at present; null where there is none, or it has no end.</summary>
    internal long? PresentFileLength() => _source.File is { HasEnd: true } file ? file.Length : null;

    private T Alone<T>(Func<T> work, CancellationToken stop)
    {
        if (!_gate.TryEnterAlone(stop))
        {
            throw Closed();
        }

        try
        {
            return work();
        }
        finally
        {
            _gate.ExitAlone();
        }
    }

    private void Release()
    {
        RegionTable.Remove(Id);
        _view.Mapping?.Dispose();
        _source.Dispose();
    }
}
