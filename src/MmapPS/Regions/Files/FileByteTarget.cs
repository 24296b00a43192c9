using System;
using System.IO;
using MmapPS.Bytes.Sources;
using MmapPS.Native;
using MmapPS.Resources;

namespace MmapPS.Regions.Files;

/// <summary>A file by its path, as bytes to write; it grows as it is written.</summary>
internal sealed class FileByteTarget : IByteTarget, IDisposable
{
    private readonly MemoryPlatform _platform;
    private readonly string _path;
    private readonly FileStream _stream;
    private byte[] _buffer = [];

    private FileByteTarget(MemoryPlatform platform, string path, FileStream stream, FileType type)
    {
        _platform = platform;
        _path = path;
        _stream = stream;
        Type = type;
    }

    /// <inheritdoc/>
    public long Length => _platform.GetLength(_stream.SafeFileHandle);

    /// <summary>What kind of file it is.</summary>
    public FileType Type { get; }

    /// <summary>Which file it is; null where the system does not say.</summary>
    public FileIdentity? Identity => _platform.Identify(_stream.SafeFileHandle);

    /// <summary>Opens a file, or makes it.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="permissions">What a missing file is made with, of <see cref="FilePermissions"/>.</param>
    /// <param name="demand">Throws for an existing file that is refused; default any is taken.</param>
    /// <param name="isMissing">Whether it was just seen to be missing; one that appeared since is an error.</param>
    /// <exception cref="MappingException">AccessDenied, or another error of opening.</exception>
    public static FileByteTarget Open(string path, int permissions, Action<FileStatus>? demand = null, bool isMissing = false)
    {
        MemoryPlatform platform = MemoryPlatform.Current;
        var request = new FileRequest(FileAccess.ReadWrite) { Permissions = permissions, IsMissing = isMissing };
        OpenedFile opened = platform.OpenChecked(path, demand is null ? request : request with { Demand = demand });
        return new FileByteTarget(platform, path, opened.Stream, opened.Status.Type);
    }

    /// <inheritdoc/>
    /// <exception cref="MappingException">NoSpace, LimitReached, AccessDenied, or another refusal of the system.</exception>
    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        if (_buffer.Length < source.Length)
        {
            _buffer = new byte[source.Length];
        }

        source.CopyTo(_buffer);
        int count = source.Length;
        Try(offset, offset + count, () =>
        {
            _stream.Position = offset;
            try
            {
                _stream.Write(_buffer, 0, count);
            }
            catch
            {
                // Whenever its handle is asked for, as closing does, .NET moves the file there, and no file may be so long.
                _stream.Position = 0;
                throw;
            }
        });
    }

    /// <summary>Has the system move bytes of a region here, where it can.</summary>
    /// <param name="region">The region.</param>
    /// <param name="regionOffset">Where in the region they start.</param>
    /// <param name="offset">Where in the file they go.</param>
    /// <param name="length">How many.</param>
    /// <returns>How many it moved; writing the others works or says why not.</returns>
    /// <exception cref="MappingException">LimitReached; the region cannot be read.</exception>
    public long Take(MappedRegion region, long regionOffset, long offset, long length)
    {
        _platform.DemandLengthAllowed(_path, offset + length);
        return region.Bytes.MoveTo(regionOffset, length, _stream.SafeFileHandle, offset);
    }

    /// <summary>Lets what is never written of the file take no storage, where its file system can.</summary>
    public void AllowHoles() => _platform.AllowHoles(_stream.SafeFileHandle);

    /// <summary>Makes a range that the file has read as zeros and take no storage.</summary>
    /// <returns>Why the system does not, or null.</returns>
    public NativeError? PunchHole(long offset, long length) => _platform.PunchHole(_stream.SafeFileHandle, offset, length);

    /// <summary>Gives the file a length; what is new of it is a hole that reads as zeros.</summary>
    /// <exception cref="MappingException">NoSpace, LimitReached, AccessDenied, or another refusal of the system.</exception>
    public void SetLength(long length)
    {
        _platform.DemandLengthAllowed(_path, length);
        if (_platform.SetLength(_stream.SafeFileHandle, length) is { } refusal)
        {
            throw Refused(refusal, length);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _platform.CloseFile(_stream);

    private void Try(long offset, long end, Action work)
    {
        _platform.DemandLengthAllowed(_path, end);
        try
        {
            work();
        }
        catch (IOException failure)
        {
            throw Refused(_platform.DescribeWrite(failure), offset);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new MappingException(MappingError.AccessDenied, Messages.WriteFailed(_path, offset, failure.Message), failure);
        }
        catch (ArgumentOutOfRangeException)
        {
            // What .NET makes of EFBIG.
            throw MappingException.FromSystem("write", "EFBIG", Messages.FileTooLong(_path, Length, end));
        }
    }

    private MappingException Refused(NativeError error, long at) => error.Kind == NativeErrorKind.NoSpace
        ? new NoSpaceException(Type == FileType.BlockDevice ? Messages.DeviceFull(_path, Length) : Messages.FileFull(_path, at))
        : MappingException.FromSystem(error.Function, error.Name, Messages.WriteFailed(_path, at, $"{error.Text} ({error.Name})."));
}
