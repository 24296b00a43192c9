using System;
using System.Dynamic;
using System.IO;
using System.Linq.Expressions;
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
    private readonly RegionState _state;

    internal MappedRegion(RegionMapper mapper, RegionView view)
    {
        RegionBacking backing = mapper.Backing;
        WriteBackGuard? unsaved = backing is { IsSharedFile: true, File.HasEnd: true, Platform.ForgetsFailedWrites: true }
            ? new WriteBackGuard(backing.PageSize)
            : null;
        _state = new RegionState(mapper, view, () => RegionTable.Remove(backing.Id));
        Protections = new RegionProtection(_state);
        Bytes = new RegionBytes(_state, Protections, unsaved);
        Pages = new RegionPages(_state, Protections, unsaved);
        Locks = new RegionLocks(_state, Pages);
        Sync = new RegionSync(_state, Protections, Pages, unsaved);
        Resizing = new RegionResizing(_state, Protections, Locks);
    }

    /// <summary>The number of the region in this process, from 1 on; never used again.</summary>
    public int Id => _state.Backing.Id;

    /// <summary>What is behind the region.</summary>
    public RegionKind Kind => _state.Backing.Kind;

    /// <summary>The full path of the mapped file, or null.</summary>
    public string? Path => _state.Backing.Request.Path;

    /// <summary>The name of named shared memory, or null.</summary>
    public string? Name => _state.Backing.Request.Name;

    /// <summary>Where in the file or the memory with a name the region starts, in bytes; 0 for anonymous memory.</summary>
    public long Offset => _state.Backing.Request.Offset;

    /// <summary>How many bytes the region has.</summary>
    public long Length => _state.View.Length;

    /// <summary>What may be done with its bytes; where parts differ, what may be done with some of them.</summary>
    public MemoryProtection Protection => Protections.Allowed;

    /// <summary>Who sees changes.</summary>
    public MapSharing Sharing => _state.Backing.Request.Sharing;

    /// <summary>
    /// <see cref="Protection"/>, and s for shared or p for private, as the system's lists of mappings say it: <c>rw-s</c>.
    /// </summary>
    public string Mode => string.Concat(
        (Protection & MemoryProtection.Read) != 0 ? "r" : "-",
        (Protection & MemoryProtection.Write) != 0 ? "w" : "-",
        (Protection & MemoryProtection.Execute) != 0 ? "x" : "-",
        Sharing == MapSharing.Shared ? "s" : "p");

    /// <summary>How it was made.</summary>
    public MapOptions Option => _state.Backing.Request.Options;

    /// <summary>The address of the first byte; 0 for an empty region and once removed.</summary>
    public long Address => IsOpen ? _state.View.Address : 0;

    /// <summary>Bytes of the pages that the region is made of.</summary>
    public long PageSize => _state.Backing.PageSize;

    /// <summary>Bytes that the file has at present; null without a file that has an end, and once removed.</summary>
    public long? FileLength => AskFile<long?>(file => file.HasEnd ? file.Length : null);

    /// <summary>What happened to the file since it was mapped; null without a file, and once removed.</summary>
    public FileState? FileState => AskFile<FileState?>(file => file.FindState(Offset + Length, Path is not null));

    /// <summary>Whether the file was cut, replaced or deleted since it was mapped.</summary>
    public bool IsStale => FileState is not (null or MmapPS.FileState.Current);

    /// <summary>Whether the region may still be used.</summary>
    public bool IsOpen => _state.IsOpen;

    /// <summary>The same as text: Open or Removed.</summary>
    public string State => IsOpen ? Messages.StateOpen() : Messages.StateRemoved();

    /// <summary>How members are called; set by the layer that knows.</summary>
    internal static IMemberCaller Caller { get; set; } = new PlainCaller();

    /// <summary>All bytes of the region.</summary>
    /// <inheritdoc cref="Read(long, long)"/>
    public byte[] Read() => Read(0, Length);

    /// <summary>Bytes of the region.</summary>
    /// <param name="offset">Where to start, in bytes from the region's start.</param>
    /// <param name="count">How many, at most 2,147,483,591 at once.</param>
    /// <exception cref="OutOfRangeException">The range lies outside the region.</exception>
    /// <exception cref="MappingException">PageFault, NotReadable, RegionClosed.</exception>
    public byte[] Read(long offset, long count) => Member(() => Bytes.Read(offset, count, Unwatched.Work));

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
            Bytes.Read(offset, Slice(buffer, index, count), Unwatched.Work);
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
            Bytes.Write(offset, Slice(buffer, index, count), Unwatched.Work);
            return count;
        });

    /// <summary>A stream over the region: seekable, of fixed length, readable and writable as the region is.</summary>
    /// <exception cref="RegionClosedException">The region was removed.</exception>
    public Stream OpenStream() => Member(() =>
    {
        using RegionUse use = _state.Use();
        return new MappedRegionStream(this);
    });

    /// <summary>Unmaps the region; once more does nothing. Uses by other threads end first.</summary>
    public void Dispose() => _state.Close();

    /// <inheritdoc/>
    public override string ToString() => Messages.RegionText(Subject, Offset, Length);

    /// <inheritdoc/>
    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new MappedRegionMetaObject(parameter, this);

    /// <summary>Whether the module mapped a file for its own use, as long as that takes.</summary>
    internal bool IsTransient => _state.Backing.Request.Internal;

    /// <summary>How messages name the region.</summary>
    internal string Subject => _state.Subject;

    /// <summary>Its bytes, to read and to write.</summary>
    internal RegionBytes Bytes { get; }

    /// <summary>What may be done with its bytes.</summary>
    internal RegionProtection Protections { get; }

    /// <summary>Its pages, to advise and to measure.</summary>
    internal RegionPages Pages { get; }

    /// <summary>Keeps pages of it in memory.</summary>
    internal RegionLocks Locks { get; }

    /// <summary>Makes its changes durable.</summary>
    internal RegionSync Sync { get; }

    /// <summary>Gives it another length.</summary>
    internal RegionResizing Resizing { get; }

    /// <summary>Permissions of the file of a copy: no user may read there what that user may not read here.</summary>
    internal int CopyPermissions => _state.Backing.Request.Secret ? FilePermissions.Owner
        : _state.Backing.File?.Status.Permissions ?? FilePermissions.Anyone;

    /// <summary>Which file is behind the region; null where there is none or the system does not say.</summary>
    internal FileIdentity? IdentifyFile()
    {
        using RegionUse use = _state.Use();
        return _state.Backing.Handle is { } file ? _state.Platform.Identify(file) : null;
    }

    /// <summary>Bytes that the file has at present; null where there is none, or it has no end.</summary>
    internal long? PresentFileLength() => _state.Backing.PresentLength;

    /// <summary>A range that is known to lie within the region.</summary>
    /// <exception cref="OutOfRangeException">It does not.</exception>
    /// <exception cref="RegionClosedException">The region was removed.</exception>
    internal ByteRange Range(long offset, long? length) => _state.Range(offset, length);

    /// <summary>Unmaps a region that was never handed out, and undoes what mapping it did to its file.</summary>
    internal void Abandon()
    {
        _state.View.Mapping?.Dispose();
        _state.Backing.File?.Abandon();
        Dispose();
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
            throw Caller.ToCallerException(exception, this);
        }
    }

    private static Span<byte> Slice(byte[] buffer, int index, int count)
    {
        if (buffer is null)
        {
            throw new ArgumentNullException(nameof(buffer));
        }

        ByteRange.Within(buffer.Length, index, count, Messages.Buffer());
        return buffer.AsSpan(index, count);
    }

    private T? AskFile<T>(Func<BackingFile, T?> ask)
    {
        if (_state.Backing.File is not { } file || !_state.TryEnter())
        {
            return default;
        }

        try
        {
            return ask(file);
        }
        finally
        {
            _state.Exit();
        }
    }
}
