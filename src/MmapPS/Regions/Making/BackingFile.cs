using System;
using System.IO;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Regions.Making;

/// <summary>The open file behind a region: opened, made or grown as asked, and put back where mapping then fails.</summary>
internal sealed class BackingFile : IDisposable
{
    private readonly MemoryPlatform _platform;
    private readonly FileStream _stream;

    // The last growth: the length to go back to and the length that was set.
    private (long Start, long End)? _growth;

    private BackingFile(MemoryPlatform platform, string path, FileStatus status, FileStream stream, bool created)
    {
        _platform = platform;
        IsNew = created;
        Path = path;
        Status = status;
        _stream = stream;
        Handle = stream.SafeFileHandle;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>What kind of file it is, and how it is mapped.</summary>
    public FileStatus Status { get; }

    /// <summary>The open file, for system calls.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Bytes in the file at present; negative or 0 for a device without an end.</summary>
    public long Length => _platform.GetLength(Handle);

    /// <summary>Whether <see cref="Abandon"/> has something to undo.</summary>
    public bool WasChanged => IsNew || _growth is not null;

    /// <summary>Whether opening made the file.</summary>
    public bool IsNew { get; }

    /// <summary>Whether the file has an end that a region must not pass.</summary>
    public bool HasEnd => Status.Type != FileType.CharacterDevice;

    /// <summary>What became of the file.</summary>
    /// <param name="end">Where in the file the region ends, in bytes.</param>
    /// <param name="named">Whether its path is that of a file, and not a name of memory.</param>
    public FileState FindState(long end, bool named)
    {
        FileIdentity? mapped = named ? _platform.Identify(Handle) : null;
        if (mapped is not null)
        {
            FileIdentity? present = _platform.Identify(Path);
            if (present != mapped)
            {
                return present is null && !IsThere() ? FileState.Deleted : present is null ? FileState.Current : FileState.Replaced;
            }
        }

        return HasEnd && Length < end ? FileState.Cut : FileState.Current;
    }

    // What may not be looked up may well be there.
    private bool IsThere()
    {
        try
        {
            return _platform.FindStatus(Path) is not null;
        }
        catch (MappingException)
        {
            return true;
        }
    }

    /// <summary>Opens a file for mapping.</summary>
    /// <param name="platform">The system.</param>
    /// <param name="path">Its full path.</param>
    /// <param name="request">How to open it.</param>
    /// <exception cref="MappingException">FileNotFound, AccessDenied, NotMappable.</exception>
    public static BackingFile Open(MemoryPlatform platform, string path, FileRequest request)
    {
        OpenedFile opened = platform.OpenChecked(path, request with { Demand = status => DemandMappable(path, status.Type) });
        return new BackingFile(platform, path, opened.Status, opened.Stream, opened.IsNew);
    }

    /// <summary>The file of shared memory that was opened by name.</summary>
    public static BackingFile Wrap(MemoryPlatform platform, string name, FileStream stream)
    {
        var status = new FileStatus(FileType.Regular, platform.Granularity, platform.PageSize) { Permissions = FilePermissions.Owner };
        return new BackingFile(platform, name, status, stream, created: false);
    }

    /// <summary>Refuses a file that the system makes up as it is read, which has no length and no pages.</summary>
    /// <exception cref="MappingException">NotMappable.</exception>
    public void DemandLength()
    {
        if (Length < 0)
        {
            throw new MappingException(MappingError.NotMappable, Messages.FileWithoutEnd(Path));
        }
    }

    /// <summary>Makes the file at least so long, with storage behind every new byte.</summary>
    /// <param name="length">The least length in bytes.</param>
    /// <param name="work">Told of what is added.</param>
    /// <exception cref="MappingException">
    /// NoSpace, LimitReached, NotSupported for a device, NotWritable where it was opened for reading; the file is as before.
    /// </exception>
    public void GrowTo(long length, IWork work)
    {
        _growth = null;
        long present = Length;
        if (length <= present)
        {
            return;
        }

        DemandResizable();
        using IWork watched = work.Begin(length - present);
        long start = _platform.Grow(Path, _stream, length, watched);
        _growth = (start, length);
    }

    /// <summary>Undoes the last growth. A file that another process made longer or shorter since stays as it is.</summary>
    public void TakeBackGrowth()
    {
        if (_growth is (long start, long end) && start < end && Length == end)
        {
            // The error that led here is the one to report.
            _ = _platform.SetLength(Handle, start);
        }

        _growth = null;
    }

    /// <summary>Cuts the file off.</summary>
    /// <exception cref="MappingException">NotSupported for a device, NotWritable where it was opened for reading.</exception>
    public void Cut(long length)
    {
        DemandResizable();
        _platform.Cut(Path, Handle, length);
    }

    /// <summary>Refuses a file whose length cannot be changed.</summary>
    /// <exception cref="MappingException">NotSupported for a device, NotWritable where it was opened for reading.</exception>
    public void DemandResizable()
    {
        if (Status.Type != FileType.Regular)
        {
            throw new MappingException(MappingError.NotSupported, Messages.DeviceCannotGrow(Path));
        }

        if (!_stream.CanWrite)
        {
            throw new NotWritableException(Messages.GrowNeedsWrite(Path));
        }
    }

    private static void DemandMappable(string path, FileType type)
    {
        if (type is FileType.Directory or FileType.Pipe or FileType.Socket or FileType.Other)
        {
            throw new MappingException(MappingError.NotMappable, Messages.NotMappable(path, type.ToString()));
        }
    }

    /// <summary>
    /// Undoes what opening did to the file and closes it: for when the mapping could not be made. What another process wrote
    /// meanwhile stays.
    /// </summary>
    public void Abandon()
    {
        TakeBackGrowth();
        if (IsNew && Length == 0)
        {
            MemoryPlatform.TryDelete(Path);
        }

        Dispose();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _platform.CloseFile(_stream);
}
