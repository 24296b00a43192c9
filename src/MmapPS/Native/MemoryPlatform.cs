using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Ranges;
using MmapPS.Work;
using MmapPS.Terms;

namespace MmapPS.Native;

/// <summary>
/// The one seam to the operating system: what MmapPS asks of it, in terms that all systems share.
/// Implementations throw <see cref="MappingException"/> with the final error id, because only they know what a
/// native code means and which limit or remedy to name.
/// </summary>
internal abstract partial class MemoryPlatform
{
    private const int CopyChunk = 1 << 20;

    // A mapping without these is as good, but for the time that it takes.
    private const MapOptions OnlyForSpeed = MapOptions.Uninitialized;

    private static readonly Lazy<MemoryPlatform> Instance = new(Create);

    /// <summary>The platform of this process.</summary>
    /// <exception cref="MappingException">NotSupported: there is none for this system.</exception>
    public static MemoryPlatform Current => Instance.Value;

    /// <summary>Bytes of a page: the unit of protection and of faults.</summary>
    public abstract long PageSize { get; }

    /// <summary>Bytes that an ordinary mapping's file offset and address must be multiples of.</summary>
    public abstract long Granularity { get; }

    /// <summary>Whether the names of files differ by case.</summary>
    public abstract StringComparison PathComparison { get; }

    /// <summary>Whether reading a file sees at once what was written through a mapping of it, and the other way round.</summary>
    public abstract bool FilesMatchMappings { get; }

    /// <summary>The file at a path, links followed, or null where there is none.</summary>
    /// <exception cref="MappingException">AccessDenied, or another error of the look-up.</exception>
    public abstract FileStatus? FindStatus(string path);

    /// <summary>The present length of an open file or block device in bytes.</summary>
    public abstract long GetLength(SafeFileHandle file);

    /// <summary>What an open file is.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">The path that it was opened by.</param>
    /// <exception cref="MappingException">A refusal of the system.</exception>
    public abstract FileStatus GetStatus(SafeFileHandle file, string path);

    /// <summary>
    /// Opens a file, without keeping anyone else from using it. Looks what it is before, because opening a device may do
    /// something, and after, because another file may have taken its place; it never waits for the other end of a pipe.
    /// </summary>
    /// <param name="path">Its full path.</param>
    /// <param name="request">How to open it.</param>
    /// <exception cref="MappingException">FileNotFound, AccessDenied, or another error of opening.</exception>
    public OpenedFile OpenChecked(string path, FileRequest request)
    {
        FileStatus? present = request.IsMissing ? null : FindStatus(path);
        if (present is null && !request.Creates)
        {
            throw new MappingException(MappingError.FileNotFound, Resources.Messages.FileNotFound(path, request.MissingHint));
        }

        if (present is not null)
        {
            request.Demand(present);
        }

        FileStream stream = OpenFile(path, present is null ? request : request with { Permissions = null });
        try
        {
            FileStatus status = GetStatus(stream.SafeFileHandle, path);
            if (present is not null)
            {
                request.Demand(status);
            }

            return new OpenedFile(stream, status, IsNew: present is null);
        }
        catch
        {
            CloseFile(stream);
            throw;
        }
    }

    /// <summary>Removes a file that was just made and is of no use; where that fails it stays.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The error that led here is the one to report.
        }
    }

    /// <summary>Opens a file, whatever it is; or makes one that must not be there yet.</summary>
    protected abstract FileStream OpenFile(string path, FileRequest request);

    /// <summary>Closes a file that was opened here.</summary>
    public abstract void CloseFile(FileStream file);

    /// <summary>Grows a file to <paramref name="length"/> bytes with storage behind every new byte.</summary>
    /// <param name="subject">How messages name the file.</param>
    /// <param name="file">The file.</param>
    /// <param name="length">The new length in bytes.</param>
    /// <param name="work">Told of each part that was added.</param>
    /// <returns>
    /// The length to cut the file back to if the growth is undone: more than the present one if another process
    /// appended meanwhile.
    /// </returns>
    /// <exception cref="MappingException">NoSpace, LimitReached; the file keeps its length.</exception>
    public abstract long Grow(string subject, FileStream file, long length, IWork work);

    /// <summary>Asks the file system for the storage behind a range, leaving the length alone.</summary>
    /// <returns>Why it was refused, or null where the storage is there.</returns>
    public abstract NativeError? FindStorageRefusal(SafeFileHandle file, long offset, long length);

    /// <summary>The page size that <see cref="MapOptions.HugePages"/> means; 0 asks for the system's default.</summary>
    /// <exception cref="MappingException">NotSupported: no such page size here.</exception>
    public abstract long GetHugePageSize(long requested);

    /// <summary>How messages name this system.</summary>
    protected abstract string SystemName { get; }

    /// <summary>
    /// The options that this system carries out. Every other option is refused, or warned of if it only asks for speed, so that an
    /// option that was never considered here is not dropped silently.
    /// </summary>
    public abstract MapOptions HonouredOptions { get; }

    /// <summary>
    /// What this system leaves out of <paramref name="options"/>, a sentence each. <see cref="Map"/> refuses the others that it lacks.
    /// </summary>
    public virtual IReadOnlyList<string> GetRemarks(MapOptions options) =>
        (options & ~HonouredOptions & OnlyForSpeed) != 0 ? [Resources.Messages.UninitializedUnknown(SystemName)] : [];

    /// <summary>Makes a mapping. <see cref="Populate"/> does what Populate and Locked ask for, part by part.</summary>
    /// <exception cref="MappingException">NotSupported: this system lacks an option; or any refusal of the system.</exception>
    public MappingHandle Map(MapSpecification specification)
    {
        MapOptions missing = specification.Options & ~HonouredOptions & ~OnlyForSpeed;
        return missing == MapOptions.None ? MapHonoured(specification) : throw OptionMissing(specification, missing);
    }

    /// <summary>Makes a mapping whose options are all among <see cref="HonouredOptions"/>, or only ask for speed.</summary>
    protected abstract MappingHandle MapHonoured(MapSpecification specification);

    /// <summary>Brings a part of a new mapping into memory, and keeps it there, as far as its options say so.</summary>
    /// <param name="specification">What the mapping was made from, with Populate or Locked.</param>
    /// <param name="pages">The part, which is not used yet.</param>
    /// <exception cref="MappingException">PageFault, NoSpace, LimitReached, or another refusal; the mapping is then of no use.</exception>
    public abstract void Populate(MapSpecification specification, PageSpan pages);

    /// <summary>
    /// Writes a part of a mapping's changes to its file and waits for that. Nothing is durable by it, but
    /// <see cref="Synchronize"/> over many parts, which nothing stops, has little left to do.
    /// </summary>
    /// <param name="pages">The part.</param>
    /// <param name="ahead">Bytes behind it that come next, whose writing may begin meanwhile.</param>
    /// <exception cref="MappingException">NoSpace, or another refusal, which the system reports only once.</exception>
    public abstract void WriteBack(PageSpan pages, long ahead);

    /// <summary>
    /// Whether pages whose writing back failed count as written from then on, so that the next <see cref="Synchronize"/> has
    /// nothing to do and succeeds. Advice PopulateWrite then makes them changed again.
    /// </summary>
    public virtual bool ForgetsFailedWrites => false;

    /// <summary>Writes pages of a mapping back to its file.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="mode">Whether to wait, and whether other mappings' cached bytes become invalid.</param>
    public abstract void Synchronize(PageSpan pages, SyncModes mode);

    /// <summary>Copies out of mapped memory; a page that cannot be reached ends the copy instead of the process.</summary>
    /// <returns>How many bytes were copied.</returns>
    public abstract int CopyFromMemory(nint source, Span<byte> destination);

    /// <summary>Copies into mapped memory; a page that cannot be reached ends the copy instead of the process.</summary>
    /// <returns>How many bytes were copied.</returns>
    public abstract int CopyToMemory(nint destination, ReadOnlySpan<byte> source);

    /// <summary>Reads from an open file at an offset.</summary>
    /// <returns>How many bytes were read: 0 at the end of the file, -1 where <paramref name="error"/> says why.</returns>
    public abstract int ReadFile(SafeFileHandle file, long offset, Span<byte> destination, out NativeError? error);

    /// <summary>Reads a part of a file for nothing but having it in memory.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where the part starts, in bytes.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="error">Why fewer bytes were read; null where the file ends before.</param>
    /// <returns>How many bytes were read.</returns>
    public long ReadThrough(SafeFileHandle file, long offset, long length, out NativeError? error)
    {
        error = null;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(CopyChunk);
        try
        {
            long done = 0;
            while (done < length)
            {
                int wanted = (int)Math.Min(buffer.Length, length - done);
                int count = ReadFile(file, offset + done, buffer.AsSpan(0, wanted), out error);
                if (count <= 0)
                {
                    break;
                }

                done += count;
            }

            return done;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The error of a call that has no name of its own here.</summary>
    protected internal static MappingException System(NativeError error, string subject) =>
        error.Kind == NativeErrorKind.TooManyFiles
            ? new MappingException(MappingError.LimitReached, Resources.Messages.OpenFileLimit(subject, error.Name))
            : MappingException.FromSystem(
                error.Function, error.Name, Resources.Messages.SystemError(error.Function, subject, error.Name, error.Text));

    /// <summary>Opens a file by .NET, which knows each system's way (open(2) is variadic and differs between systems).</summary>
    /// <exception cref="MappingException">FileNotFound, AccessDenied.</exception>
    /// <exception cref="IOException">Another error of opening, which only the system's own side can name.</exception>
    protected static FileStream OpenStream(string path, FileRequest request)
    {
        try
        {
            return new FileStream(
                path,
                request.Creates ? FileMode.CreateNew : FileMode.Open,
                request.Creates ? FileAccess.ReadWrite : request.Access,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 1);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(path, request);
        }
        catch (UnauthorizedAccessException)
        {
            throw Denied(path, request, CanRead);
        }
    }

    /// <summary>The error of a file, or of the folder for a new one, that is not there.</summary>
    protected static MappingException Missing(string path, FileRequest request) => new(
        MappingError.FileNotFound,
        request.Creates ? Resources.Messages.FolderNotFound(path) : Resources.Messages.FileNotFound(path, request.MissingHint));

    /// <summary>The error of a file that this user may not open, or not make.</summary>
    protected static MappingException Denied(string path, FileRequest request, Func<string, bool> canRead) => new(
        MappingError.AccessDenied,
        request.Creates ? Resources.Messages.CreateDenied(path)
            : request.Access == FileAccess.Read ? Resources.Messages.ReadDenied(path)
            : canRead(path) ? Resources.Messages.WriteDenied(path, request.WriteHint)
            : Resources.Messages.ReadAndWriteDenied(path));

    private static bool CanRead(string path)
    {
        try
        {
            using FileStream file = OpenStream(path, new FileRequest(FileAccess.Read));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>
    /// Grows a file by writing zeros: storage behind every byte on file systems that cannot promise it otherwise. Bytes that
    /// another process appends meanwhile stay, also when the work fails.
    /// </summary>
    /// <returns>As <see cref="Grow"/>.</returns>
    protected long AppendZeros(FileStream file, long length, IWork work)
    {
        SafeFileHandle handle = file.SafeFileHandle;
        byte[] zeros = new byte[CopyChunk];
        long start = GetLength(handle);
        long end = start;
        int unsure = 0;
        try
        {
            while (end < length)
            {
                int count = (int)Math.Min(zeros.Length, length - end);
                file.Position = end;
                unsure = count;
                file.Write(zeros, 0, count);
                unsure = 0;
                end += count;
                work.Advance(count);

                // Another process appended, or truncated: neither overwrite its bytes nor cut them off later.
                long present = GetLength(handle);
                if (present != end)
                {
                    start = end = present;
                }
            }

            file.Flush();
            return start;
        }
        catch
        {
            CutBack(handle, start, end, end + unsure);
            throw;
        }
    }

    /// <summary>Cuts a file back after a refusal, unless another process has changed its length meanwhile.</summary>
    /// <param name="file">The file.</param>
    /// <param name="length">The length to go back to.</param>
    /// <param name="least">The least length that the refused work can have left.</param>
    /// <param name="most">The greatest length that the refused work can have left.</param>
    protected void CutBack(SafeFileHandle file, long length, long least, long most)
    {
        long present = GetLength(file);
        if (present >= least && present <= most)
        {
            // The refusal that led here is the error to report.
            _ = SetLength(file, length);
        }
    }

    /// <summary>
    /// Brings pages of a readable mapping into memory for good. Advice to read ahead promises nothing; a copy out of them does
    /// it, and tells.
    /// </summary>
    /// <exception cref="PageFaultException">A page cannot be reached.</exception>
    protected void Touch(MapSpecification specification, PageSpan pages, string errorName)
    {
        if (!TryTouch(pages.Address, pages.Length))
        {
            throw new PageFaultException(Resources.Messages.PopulateFailed(specification.Subject, specification.Length, errorName));
        }
    }

    /// <summary>Reads every page of a range, which brings it into memory.</summary>
    /// <returns>Whether all could be reached.</returns>
    protected bool TryTouch(nint address, long length)
    {
        byte[] scratch = new byte[Math.Min(CopyChunk, length)];
        for (long done = 0; done < length; done += scratch.Length)
        {
            Span<byte> part = scratch.AsSpan(0, (int)Math.Min(scratch.Length, length - done));
            if (CopyFromMemory(address + (nint)done, part) < part.Length)
            {
                return false;
            }
        }

        return true;
    }

    private MappingException OptionMissing(MapSpecification specification, MapOptions missing)
    {
        string subject = specification.Subject;
        return new MappingException(
            MappingError.NotSupported,
            (missing & MapOptions.GrowsDown) != 0 ? Resources.Messages.GrowsDownUnknown(subject, SystemName)
                : (missing & MapOptions.Sync) != 0 ? Resources.Messages.SyncUnknown(subject, SystemName)
                : (missing & MapOptions.HugePages) != 0 ? Resources.Messages.HugePageSizeUnknown(specification.PageSize, [])
                : Resources.Messages.OptionUnknown(subject, missing, SystemName));
    }

    private static MemoryPlatform Create()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && Linux.Processor.IsKnown)
        {
            return new Linux.LinuxPlatform();
        }

        if (RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64)
        {
            if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            {
                return new Windows.WindowsPlatform();
            }

            if (RuntimeInformation.IsOSPlatform(OSPlatform.OSX))
            {
                return new MacOS.MacOSPlatform();
            }
        }

        throw new MappingException(
            MappingError.NotSupported,
            Resources.Messages.SystemNotSupported(RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture.ToString()));
    }
}
