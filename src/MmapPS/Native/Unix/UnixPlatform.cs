using System;
using System.IO;
using Microsoft.Win32.SafeHandles;
using MmapPS.Resources;

namespace MmapPS.Native.Unix;

/// <summary>What Linux and macOS have in common.</summary>
internal abstract class UnixPlatform : MemoryPlatform
{
    /// <inheritdoc/>
    public override long Granularity => PageSize;

    /// <inheritdoc/>
    public override bool FilesMatchMappings => true;

    /// <inheritdoc/>
    public override long GetLength(SafeFileHandle file) => Lseek.FindEnd(file);

    /// <inheritdoc/>
    public override FileStream OpenFile(string path, FileAccess access, bool create)
    {
        try
        {
            FileStream stream = OpenStream(path, access, create);

            // .NET's share modes are advisory locks here; kept, they would shut out whoever opens the file exclusively.
            Flock.Release(stream.SafeFileHandle);
            return stream;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MappingException(
                MappingError.FileNotFound, create ? Messages.FolderNotFound(path) : Messages.FileNotFound(path), failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new MappingException(MappingError.AccessDenied, Messages.OpenDenied(path, access == FileAccess.Read), failure);
        }
        catch (IOException failure)
        {
            // .NET leaves the error number in HResult.
            NativeError error = Describe("open", failure.HResult);
            throw error.Name == "EAGAIN"
                ? MappingException.FromSystem(error.Function, error.Name, Messages.FileLocked(path))
                : System(error.Function, failure.HResult, path);
        }
    }

    /// <inheritdoc/>
    public override int ReadFile(SafeFileHandle file, long offset, Span<byte> destination, out NativeError? error)
    {
        int count = Pread.Invoke(file, offset, destination, out int errno);
        error = errno == 0 ? null : Describe("pread", errno);
        return count;
    }

    /// <inheritdoc/>
    public override NativeErrorKind GetKind(IOException failure) => Describe("write", failure.HResult).Kind;

    /// <inheritdoc/>
    public override void DemandLengthAllowed(string path, long length) => DemandFileSize(path, length);

    /// <summary>An error number with all that is known of it.</summary>
    protected abstract NativeError Describe(string function, int errno);

    /// <summary>The error of a call that has no name of its own here.</summary>
    protected MappingException System(string function, int errno, string subject)
    {
        NativeError error = Describe(function, errno);
        return MappingException.FromSystem(function, error.Name, Messages.SystemError(function, subject, error.Name, error.Text));
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
    protected void GrowByZeros(string subject, FileStream file, long oldLength, long length)
    {
        try
        {
            AppendZeros(file, oldLength, length);
        }
        catch (IOException failure) when (Describe("write", failure.HResult).Kind == NativeErrorKind.NoSpace)
        {
            throw new NoSpaceException(Messages.NoSpaceToGrow(subject, oldLength, length));
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
