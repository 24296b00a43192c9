using System;
using System.Collections;
using System.Collections.Generic;
using System.Dynamic;
using System.Globalization;
using System.IO;
using System.Linq.Expressions;
using System.Threading;
using MmapPS.Native;
using MmapPS.Regions;
using MmapPS.Regions.Access;
using MmapPS.Resources;

namespace MmapPS;

/// <summary>
/// A mapped range of a file, a device or memory. All its members may be called from any thread; none can crash the
/// process, whatever happens to the memory or the file.
/// </summary>
public sealed partial class MappedRegion : IDisposable, IDynamicMetaObjectProvider
{
    /// <summary>Bytes moved between two looks at whether to go on: a fraction of a millisecond in memory.</summary>
    internal const int ChunkSize = 1 << 20;

    // The longest array of bytes that .NET makes (Array.MaxLength).
    private const long MaxArrayLength = 0x7FFFFFC7;

    private static int s_lastId;

    private readonly MemoryPlatform _platform;
    private readonly MappingHandle? _mapping;
    private readonly RegionAccess _access;
    private readonly BackingFile? _file;
    private readonly nint _address;
    private readonly RegionGate _gate;

    internal MappedRegion(
        MemoryPlatform platform,
        MapRequest request,
        RegionKind kind,
        long length,
        long pageSize,
        MappingHandle? mapping,
        nint address,
        RegionAccess access,
        BackingFile? file)
    {
        _platform = platform;
        _mapping = mapping;
        _access = access;
        _file = file;
        _address = address;
        _gate = new RegionGate(Release);
        Id = Interlocked.Increment(ref s_lastId);
        Kind = kind;
        Path = request.Path;
        Offset = request.Path is null ? 0 : request.Offset;
        Length = length;
        Protection = request.Protection;
        Sharing = request.Sharing;
        Option = request.Options;
        PageSize = pageSize;
    }

    /// <summary>The number of the region in this process, from 1 on; never used again.</summary>
    public int Id { get; }

    /// <summary>What stands behind the region.</summary>
    public RegionKind Kind { get; }

    /// <summary>The full path of the mapped file, or null.</summary>
    public string? Path { get; }

    /// <summary>The name of named shared memory, or null.</summary>
    public string? Name { get; }

    /// <summary>Where in the file the region starts, in bytes.</summary>
    public long Offset { get; }

    /// <summary>How many bytes the region has.</summary>
    public long Length { get; }

    /// <summary>What may be done with its bytes.</summary>
    public MemoryProtection Protection { get; }

    /// <summary>Who sees changes.</summary>
    public MapSharing Sharing { get; }

    /// <summary>How it was made.</summary>
    public MapOptions Option { get; }

    /// <summary>The address of the first byte; 0 for an empty region and once removed.</summary>
    public long Address => IsOpen ? _address : 0;

    /// <summary>Bytes of the pages that the region is made of.</summary>
    public long PageSize { get; }

    /// <summary>Whether the region may still be used.</summary>
    public bool IsOpen => _gate.IsOpen;

    /// <summary>
    /// Dresses an error of a member for the language that called it; set by the layer that knows the language.
    /// </summary>
    internal static Func<MappingException, MappedRegion, Exception> MemberError { get; set; } = (exception, _) => exception;

    /// <summary>How messages name the region.</summary>
    internal string Subject => Path ?? Messages.AnonymousRegion(Id);

    /// <summary>One byte.</summary>
    /// <param name="index">Its place from 0 on, or counted from the end where negative: -1 is the last.</param>
    /// <exception cref="OutOfRangeException">There is no such byte.</exception>
    /// <exception cref="MappingException">PageFault, NotReadable, NotWritable, NoSpace, RegionClosed.</exception>
    public byte this[long index]
    {
        get => Member(() =>
        {
            Span<byte> value = stackalloc byte[1];
            Read(ByteRange.Index(Length, index, Subject), value, monitor: null);
            return value[0];
        });

        set => Member(() =>
        {
            Span<byte> source = [value];
            Write(ByteRange.Index(Length, index, Subject), source, monitor: null);
            return source.Length;
        });
    }

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
    /// <exception cref="MappingException">PageFault, NotWritable, NoSpace, RegionClosed; the message says how many were written.</exception>
    public void Write(long offset, byte[] bytes) => Write(offset, bytes, 0, bytes.Length);

    /// <summary>Writes a part of a buffer into the region.</summary>
    /// <param name="offset">Where to start, in bytes from the region's start.</param>
    /// <param name="buffer">The bytes.</param>
    /// <param name="index">The first place in the buffer.</param>
    /// <param name="count">How many bytes.</param>
    /// <exception cref="OutOfRangeException">The range lies outside the region or the buffer.</exception>
    /// <exception cref="MappingException">PageFault, NotWritable, NoSpace, RegionClosed; the message says how many were written.</exception>
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

    /// <summary>The byte at an index, or the bytes at a list of indexes such as <c>0..3</c>.</summary>
    internal static object GetAt(MappedRegion region, object index)
    {
        if (index is not IList list)
        {
            return region[Convert.ToInt64(index, CultureInfo.InvariantCulture)];
        }

        var bytes = new List<byte>(list.Count);
        foreach (object item in list)
        {
            bytes.Add(region[Convert.ToInt64(item, CultureInfo.InvariantCulture)]);
        }

        return bytes.ToArray();
    }

    /// <summary>Unmaps the region.</summary>
    /// <exception cref="RegionClosedException">It was removed before.</exception>
    internal void Remove()
    {
        if (!_gate.Close())
        {
            throw Closed();
        }
    }

    /// <summary>Keeps the region mapped until the result is disposed.</summary>
    /// <exception cref="RegionClosedException">The region was removed.</exception>
    internal RegionUse Use() => _gate.TryEnter() ? new RegionUse(_gate) : throw Closed();

    /// <summary>A range that is known to lie within the region.</summary>
    /// <exception cref="OutOfRangeException">It does not.</exception>
    internal ByteRange Range(long offset, long? length) => ByteRange.Within(Length, offset, length, Subject);

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

    internal void Read(long offset, Span<byte> destination, IWorkMonitor? monitor)
    {
        using RegionUse use = Use();
        if ((Protection & MemoryProtection.Read) == 0)
        {
            throw new NotReadableException(Messages.NotReadable(Subject, Protection.ToString()));
        }

        ByteRange range = Range(offset, destination.Length);
        int done = 0;
        while (done < range.Length)
        {
            CopyOutcome outcome = _access.Read(offset + done, destination.Slice(done, Math.Min(ChunkSize, destination.Length - done)));
            done += outcome.Count;
            if (outcome.Stop != CopyStop.Completed)
            {
                throw Failure(outcome.Stop, offset, done, destination.Length, writing: false);
            }

            monitor?.Advance(outcome.Count);
        }
    }

    /// <summary>Writes bytes in chunks.</summary>
    /// <param name="offset">Where to start, in bytes from the region's start.</param>
    /// <param name="source">The bytes.</param>
    /// <param name="monitor">Told of every chunk.</param>
    /// <param name="before">Bytes of the same job that were written earlier; an error message counts them in.</param>
    internal void Write(long offset, ReadOnlySpan<byte> source, IWorkMonitor? monitor, long before = 0)
    {
        using RegionUse use = Use();
        DemandWritable();
        ByteRange range = Range(offset, source.Length);
        int done = 0;
        while (done < range.Length)
        {
            CopyOutcome outcome = _access.Write(offset + done, source.Slice(done, Math.Min(ChunkSize, source.Length - done)));
            done += outcome.Count;
            if (outcome.Stop != CopyStop.Completed)
            {
                throw Failure(outcome.Stop, offset - before, before + done, before + source.Length, writing: true);
            }

            monitor?.Advance(outcome.Count);
        }
    }

    /// <summary>Refuses where the region may not be written.</summary>
    /// <exception cref="NotWritableException">It may not.</exception>
    internal void DemandWritable()
    {
        if ((Protection & MemoryProtection.Write) == 0)
        {
            throw new NotWritableException(Messages.NotWritable(Subject, Protection.ToString()));
        }
    }

    /// <summary>Writes a range back to the file.</summary>
    /// <exception cref="MappingException">Any refusal of the system.</exception>
    internal void Synchronize(long offset, long? length, SyncModes mode)
    {
        using RegionUse use = Use();
        ByteRange range = Range(offset, length);
        if (_mapping is null || range.Length == 0)
        {
            return;
        }

        long lead = _address - _mapping.Address;
        long start = Alignment.Down(lead + range.Offset, PageSize);
        long fileStart = Offset - lead + start;
        _platform.Synchronize(
            Subject, _mapping, _file?.Handle, fileStart, start, lead + range.Offset + range.Length - start, mode);
    }

    private static Span<byte> Slice(byte[] buffer, int index, int count)
    {
        ByteRange.Within(buffer.Length, index, count, Messages.Buffer());
        return buffer.AsSpan(index, count);
    }

    private T Member<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (MappingException exception)
        {
            throw MemberError(exception, this);
        }
    }

    private RegionClosedException Closed() => new(Messages.RegionClosed(Subject, Id));

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

    private long? PresentFileLength() => _file is { HasEnd: true } ? _platform.GetLength(_file.Handle) : null;

    private void Release()
    {
        RegionTable.Remove(Id);
        _mapping?.Dispose();
        _file?.Dispose();
    }
}
