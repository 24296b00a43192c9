using System;
using System.IO;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix.Calls;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Terms;
using MmapPS.Work;

namespace MmapPS.Native.Unix;

/// <summary>What Linux and macOS have in common.</summary>
internal abstract partial class UnixPlatform : MemoryPlatform
{
    /// <param name="names">How this system names the numbers that calls take.</param>
    protected UnixPlatform(CallNames names) => CallNames.Current = names;

    /// <inheritdoc/>
    public override long Granularity => PageSize;

    /// <inheritdoc/>
    public override bool FilesMatchMappings => true;

    /// <inheritdoc/>
    public override long GetLength(SafeFileHandle file) => Lseek.FindEnd(file);

    /// <inheritdoc/>
    protected override FileStream OpenFile(string path, FileRequest request) =>
        OpenPath(path, request, out NativeError? error) ?? throw OpenFailure(error!, path, request);

    /// <summary>Opens a file without waiting for anything, or makes one that must not be there yet.</summary>
    /// <returns>The file, or null where <paramref name="error"/> says why not.</returns>
    protected abstract FileStream? OpenPath(string path, FileRequest request, out NativeError? error);

    /// <summary>Why a path could not be looked up, or null where nothing is there.</summary>
    protected MappingException? LookUpFailure(string function, int errno, string path)
    {
        NativeError error = Describe(function, errno);
        return error.Name switch
        {
            "ENOENT" or "ENOTDIR" => null,
            "EACCES" => new MappingException(MappingError.AccessDenied, Messages.PathAccessDenied(path)),
            "ELOOP" => new MappingException(MappingError.FileNotFound, Messages.LinkCircle(path)),
            "ENAMETOOLONG" => new MappingException(MappingError.FileNotFound, Messages.PathTooLong(path)),
            _ => System(error, path),
        };
    }

    /// <summary>Why a file could not be opened or made.</summary>
    internal MappingException OpenFailure(NativeError error, string path, FileRequest request) => error.Name switch
    {
        "ENOENT" or "ENOTDIR" => Missing(path, request),
        "EACCES" => Denied(path, request, CanRead),
        "EPERM" => new MappingException(MappingError.AccessDenied, Messages.OpenForbidden(path)),
        "ELOOP" => new MappingException(MappingError.FileNotFound, Messages.LinkCircle(path)),
        "ETXTBSY" => MappingException.FromSystem(error.Function, error.Name, Messages.FileIsRunning(path, request.WriteHint)),
        "EEXIST" => MappingException.FromSystem(error.Function, error.Name, Messages.LinkToNothing(path)),
        "EROFS" => MappingException.FromSystem(error.Function, error.Name, Messages.FileSystemReadOnly(path, request.WriteHint)),
        _ => System(error, path),
    };

    private bool CanRead(string path)
    {
        using FileStream? file = OpenPath(path, new FileRequest(FileAccess.Read), out _);
        return file is not null;
    }

    /// <inheritdoc/>
    public override void Cut(string subject, SafeFileHandle file, long length)
    {
        if (SetLength(file, length) is { } error)
        {
            throw error.Name is "EPERM" or "EACCES"
                ? new MappingException(MappingError.AccessDenied, Messages.LengthDenied(subject))
                : System(error, subject);
        }
    }

    /// <inheritdoc/>
    public override void CloseFile(FileStream file) => FileTrace.Close(file);

    /// <inheritdoc/>
    public override NativeError? SetLength(SafeFileHandle file, long length)
    {
        int errno = Ftruncate.Invoke(file, length);
        return errno == 0 ? null : Describe("ftruncate", errno);
    }

    /// <inheritdoc/>
    public override int ReadFile(SafeFileHandle file, long offset, Span<byte> destination, out NativeError? error)
    {
        int count = Pread.Invoke(file, offset, destination, out int errno);
        error = errno == 0 ? null : Describe("pread", errno);
        return count;
    }

    /// <inheritdoc/>
    public override void Synchronize(PageSpan pages, SyncModes mode)
    {
        int flags = ((mode & SyncModes.Async) != 0 ? UnixConstants.MsAsync : DurableSync)
            | ((mode & SyncModes.Invalidate) != 0 ? UnixConstants.MsInvalidate : 0);
        int errno = Msync.Invoke(pages.Address, pages.Length, flags);
        if (errno != 0)
        {
            NativeError error = Describe("msync", errno);
            throw error.Name == "EBUSY"
                ? MappingException.FromSystem(error.Function, error.Name, Messages.InvalidateLocked(pages.Subject))
                : SyncFailure(error, pages.Subject);
        }
    }

    /// <inheritdoc/>
    public override void WriteBack(PageSpan pages, long ahead)
    {
        int errno = Msync.Invoke(pages.Address, pages.Length, DurableSync);
        if (errno != 0)
        {
            throw SyncFailure(Describe("msync", errno), pages.Subject);
        }
    }

    /// <inheritdoc/>
    public override void Protect(PageSpan pages, MemoryProtection protection)
    {
        int errno = Mprotect.Invoke(pages.Address, pages.Length, GetProtection(protection));
        if (errno != 0)
        {
            NativeError error = Describe("mprotect", errno);
            throw error.Name == "EACCES"
                ? new MappingException(MappingError.AccessDenied, Messages.ProtectDenied(pages.Subject, protection.ToString()))
                : System(error, pages.Subject);
        }
    }

    /// <inheritdoc/>
    public override void Unlock(PageSpan pages)
    {
        int errno = Munlock.Invoke(pages.Address, pages.Length);
        if (errno != 0)
        {
            throw System("munlock", errno, pages.Subject);
        }
    }

    /// <inheritdoc/>
    public override NativeError DescribeWrite(IOException failure) => Describe("write", failure.HResult);

    /// <inheritdoc/>
    public override void DemandLengthAllowed(string path, long length) => DemandFileSize(path, length);

    /// <summary>An error number with all that is known of it.</summary>
    protected abstract NativeError Describe(string function, int errno);

    /// <summary>MS_SYNC of msync(2), whose number differs.</summary>
    protected abstract int DurableSync { get; }

    /// <summary>The error of a call that has no name of its own here.</summary>
    protected MappingException System(string function, int errno, string subject) => System(Describe(function, errno), subject);

    /// <summary>The error of a call that should have made a file durable.</summary>
    protected static MappingException SyncFailure(NativeError error, string subject) =>
        error.Kind switch
        {
            NativeErrorKind.NoSpace => new NoSpaceException(Messages.NoSpaceToSync(subject)),
            NativeErrorKind.InputOutput => MappingException.FromSystem(
                error.Function, error.Name, Messages.SyncFailed(error.Function, subject, error.Name, error.Text)),
            _ => System(error, subject),
        };

    /// <summary>Why mmap(2) refused, as far as every Unix has the same reasons; their numbers differ, their names do not.</summary>
    protected internal virtual MappingException DescribeMapFailure(MapSpecification specification, int errno)
    {
        string subject = specification.Subject;
        NativeError error = Describe("mmap", errno);
        return error.Name switch
        {
            "EACCES" or "EPERM" => new MappingException(
                MappingError.AccessDenied,
                Messages.MapDenied(subject, specification.Protection.ToString(), specification.Sharing.ToString())),
            "ENODEV" => new MappingException(MappingError.NotMappable, Messages.DeviceNotMappable(subject)),
            "EEXIST" => MappingException.FromSystem(
                error.Function, error.Name, Messages.AddressTaken(specification.Address, specification.Length)),
            _ => System(error, subject),
        };
    }

    /// <summary>Refuses a length that RLIMIT_FSIZE forbids, because the kernel answers with SIGXFSZ, which ends the process.</summary>
    protected static void DemandFileSize(string subject, long length)
    {
        if (GetRLimit.Invoke(UnixConstants.LimitFileSize) is long limit && length > limit)
        {
            throw new MappingException(MappingError.LimitReached, Messages.FileSizeLimit(subject, length, limit));
        }
    }

    /// <summary>Grows a file by writing zeros.</summary>
    /// <returns>As <see cref="MemoryPlatform.Grow"/>.</returns>
    protected long GrowByZeros(string subject, FileStream file, long length, IWork work)
    {
        try
        {
            return AppendZeros(file, length, work);
        }
        catch (IOException failure) when (Describe("write", failure.HResult).Kind == NativeErrorKind.NoSpace)
        {
            throw new NoSpaceException(Messages.NoSpaceToGrow(subject, GetLength(file.SafeFileHandle), length));
        }
        catch (IOException failure)
        {
            throw System("write", failure.HResult, subject);
        }
    }

    /// <summary>PROT_* of mmap(2) and mprotect(2).</summary>
    protected static int GetProtection(MemoryProtection protection) =>
        ((protection & MemoryProtection.Read) != 0 ? UnixConstants.ProtRead : 0)
        | ((protection & MemoryProtection.Write) != 0 ? UnixConstants.ProtWrite : 0)
        | ((protection & MemoryProtection.Execute) != 0 ? UnixConstants.ProtExec : 0);

    /// <summary>The kind of file that st_mode tells.</summary>
    protected static FileType GetFileType(int mode) => (mode & UnixConstants.ModeTypeMask) switch
    {
        UnixConstants.ModeRegular => FileType.Regular,
        UnixConstants.ModeDirectory => FileType.Directory,
        UnixConstants.ModeCharacterDevice => FileType.CharacterDevice,
        UnixConstants.ModeBlockDevice => FileType.BlockDevice,
        UnixConstants.ModePipe => FileType.Pipe,
        UnixConstants.ModeSocket => FileType.Socket,
        _ => FileType.Other,
    };
}
