using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Windows.Calls;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Terms;
using MmapPS.Work;
using static MmapPS.Native.Windows.WindowsConstants;

namespace MmapPS.Native.Windows;

/// <summary>Windows, 64-bit.</summary>
internal sealed partial class WindowsPlatform : MemoryPlatform
{
    /// <summary>The options that Windows carries out.</summary>
    internal const MapOptions Honoured =
        MapOptions.Populate | MapOptions.Locked | MapOptions.NoReserve | MapOptions.HugePages;

    // The namespace of devices: Windows maps none of them, and opening a pipe would take its only place.
    private const string DevicePrefix = @"\\.\";
    private const string PipePrefix = DevicePrefix + @"pipe\";

    // What the pages of a working set need beside themselves, generously.
    private const long WorkingSetSlack = 1 << 20;

    public WindowsPlatform() => (PageSize, Granularity) = GetSystemInfo.Invoke();

    /// <inheritdoc/>
    public override long PageSize { get; }

    /// <inheritdoc/>
    public override long Granularity { get; }

    /// <inheritdoc/>
    public override StringComparison PathComparison => StringComparison.OrdinalIgnoreCase;

    /// <summary>Windows does not promise that ReadFile and a view agree, and on a network file they do not.</summary>
    public override bool FilesMatchMappings => false;

    /// <inheritdoc/>
    public override FileStatus? FindStatus(string path)
    {
        if (path.StartsWith(DevicePrefix, StringComparison.Ordinal))
        {
            throw NotMappable(
                path, path.StartsWith(PipePrefix, StringComparison.OrdinalIgnoreCase) ? FileType.Pipe : FileType.CharacterDevice);
        }

        try
        {
            bool directory = (File.GetAttributes(path) & FileAttributes.Directory) != 0;
            return new FileStatus(directory ? FileType.Directory : FileType.Regular, Granularity, PageSize);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new MappingException(MappingError.AccessDenied, Messages.PathAccessDenied(path), failure);
        }
        catch (IOException failure)
        {
            int code = WindowsErrors.FromHResult(failure.HResult);
            return code == InvalidName ? null : throw System("GetFileAttributesEx", code, path);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            // .NET Framework looks at the name before Windows does: no file can have it.
            return null;
        }
    }

    /// <inheritdoc/>
    public override FileIdentity? Identify(SafeFileHandle file) => GetFileInformation.Invoke(file, out GetFileInformation.Result found)
        ? new FileIdentity(found.Volume, ((ulong)found.IndexHigh << 32) | found.IndexLow)
        : null;

    /// <inheritdoc/>
    public override FileIdentity? Identify(string path)
    {
        try
        {
            using FileStream file = OpenStream(path, new FileRequest(FileAccess.Read));
            return Identify(file.SafeFileHandle);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override long GetLength(SafeFileHandle file) => GetFileSize.Invoke(file);

    /// <inheritdoc/>
    public override FileStatus GetStatus(SafeFileHandle file, string path) => new(FileType.Regular, Granularity, PageSize);

    /// <inheritdoc/>
    protected override FileStream OpenFile(string path, FileRequest request)
    {
        FileStream stream;
        try
        {
            stream = OpenStream(path, request);
            FileTrace.Opened(path, request.Access, request.Creates, stream);
        }
        catch (IOException failure)
        {
            int refusal = WindowsErrors.FromHResult(failure.GetBaseException().HResult);
            FileTrace.Refused(path, request.Access, request.Creates, refusal);
            throw failure is MappingException ? failure : System("CreateFile", refusal, path);
        }
        catch (ArgumentException)
        {
            throw System("CreateFile", InvalidName, path);
        }
        catch (NotSupportedException)
        {
            // .NET Framework opens no devices.
            throw NotMappable(path, FileType.CharacterDevice);
        }

        FileType type = GetFileType.Invoke(stream.SafeFileHandle);
        if (type != FileType.Regular)
        {
            stream.Dispose();
            throw NotMappable(path, type);
        }

        return stream;
    }

    /// <inheritdoc/>
    public override long Grow(string subject, FileStream file, long length, IWork work)
    {
        long oldLength = GetLength(file.SafeFileHandle);

        // Asked for first, so that a full disk leaves the file as it is. Not every file system can do it apart.
        int code = SetFileInformation.Reserve(file.SafeFileHandle, length);
        if (code != 0 && WindowsErrors.Describe("SetFileInformationByHandle", code).Kind != NativeErrorKind.NotSupported)
        {
            throw GrowFailure("SetFileInformationByHandle", code, subject, oldLength, length);
        }

        try
        {
            if ((File.GetAttributes(file.Name) & FileAttributes.SparseFile) != 0)
            {
                return AppendZeros(file, length, work);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw GrowFailure("WriteFile", WindowsErrors.FromHResult(failure.HResult), subject, oldLength, length);
        }

        long start = GetLength(file.SafeFileHandle);
        code = start < length ? SetFileInformation.SetEnd(file.SafeFileHandle, length) : 0;
        return code == 0 ? start : throw GrowFailure("SetFileInformationByHandle", code, subject, oldLength, length);
    }

    /// <inheritdoc/>
    public override void CloseFile(FileStream file) => FileTrace.Close(file);

    /// <inheritdoc/>
    public override NativeError? SetLength(SafeFileHandle file, long length)
    {
        int code = SetFileInformation.SetEnd(file, length);
        return code == 0 ? null : WindowsErrors.Describe("SetFileInformationByHandle", code);
    }

    /// <inheritdoc/>
    public override NativeError DescribeWrite(IOException failure) =>
        WindowsErrors.Describe("WriteFile", WindowsErrors.FromHResult(failure.HResult));

    /// <inheritdoc/>
    public override void AllowHoles(SafeFileHandle file) => SparseFile.TryMark(file);

    /// <inheritdoc/>
    public override NativeError? PunchHole(SafeFileHandle file, long offset, long length)
    {
        int code = SparseFile.Clear(file, offset, length);
        return code == 0 ? null : WindowsErrors.Describe("DeviceIoControl", code);
    }

    /// <summary>Windows cannot be asked: a page without storage does not fault, its writing back fails.</summary>
    public override NativeError? FindStorageRefusal(SafeFileHandle file, long offset, long length) => null;

    /// <inheritdoc/>
    public override long GetHugePageSize(long requested)
    {
        long size = GetLargePageMinimum.Invoke();
        return size != 0 && (requested == 0 || requested == size)
            ? size
            : throw new MappingException(MappingError.NotSupported, Messages.HugePageSizeUnknown(requested, size == 0 ? [] : [size]));
    }

    /// <inheritdoc/>
    public override MapOptions HonouredOptions => Honoured;

    /// <inheritdoc/>
    protected override string SystemName => "Windows";

    /// <inheritdoc/>
    protected override MappingHandle MapHonoured(MapSpecification specification)
    {
        Refuse(specification);
        bool own = specification.File is null && specification.Section is null && specification.Sharing == MapSharing.Private;
        return own ? Allocate(specification) : MapView(specification);
    }

    /// <inheritdoc/>
    public override void Populate(MapSpecification specification, PageSpan pages)
    {
        if (Has(specification, MapOptions.Populate) && (specification.Protection & MemoryProtection.Read) != 0)
        {
            int code = PrefetchVirtualMemory.Invoke(pages.Address, pages.Length);
            if (code is not (0 or CallNotImplemented))
            {
                throw MapFailure("PrefetchVirtualMemory", code, specification);
            }

            Touch(specification, pages, WindowsErrors.GetName(PartialCopy));
        }

        // Large pages stay in memory by themselves.
        if (Has(specification, MapOptions.Locked) && !Has(specification, MapOptions.HugePages))
        {
            Lock(pages, onFault: false, specification.Length);
        }
    }

    /// <summary>
    /// Views of a file on this machine are one memory, so there is nothing to invalidate; and the paging file is no
    /// lasting storage, so without a file there is nothing to write.
    /// </summary>
    public override void Synchronize(PageSpan pages, SyncModes mode)
    {
        if (pages.File is not { } file)
        {
            return;
        }

        WriteBack(pages, ahead: 0);
        if ((mode & SyncModes.Async) == 0)
        {
            int code = FlushFileBuffers.Invoke(file);
            if (code == AccessDenied)
            {
                code = FlushWithRights(file);
            }

            if (code != 0)
            {
                throw SyncFailure("FlushFileBuffers", code, pages.Subject);
            }
        }
    }

    /// <inheritdoc/>
    public override void WriteBack(PageSpan pages, long ahead)
    {
        int code = pages.File is null ? 0 : FlushViewOfFile.Invoke(pages.Address, pages.Length);
        if (code != 0)
        {
            throw SyncFailure("FlushViewOfFile", code, pages.Subject);
        }
    }

    /// <inheritdoc/>
    public override unsafe int CopyFromMemory(nint source, Span<byte> destination)
    {
        fixed (byte* local = destination)
        {
            return PagedCopy.Run(source, (nint)local, destination.Length, source, PageSize, ReadProcessMemory.Copy);
        }
    }

    /// <inheritdoc/>
    public override unsafe int CopyToMemory(nint destination, ReadOnlySpan<byte> source)
    {
        fixed (byte* local = source)
        {
            return PagedCopy.Run((nint)local, destination, source.Length, destination, PageSize, ReadProcessMemory.Copy);
        }
    }

    /// <inheritdoc/>
    public override int ReadFile(SafeFileHandle file, long offset, Span<byte> destination, out NativeError? error)
    {
        int count = Calls.ReadFile.Invoke(file, offset, destination, out int code);
        error = code == 0 ? null : WindowsErrors.Describe("ReadFile", code);
        return count;
    }

    private static bool Has(MapSpecification specification, MapOptions option) => (specification.Options & option) != 0;

    private static MappingException System(string function, int code, string subject) => WindowsErrors.ToException(function, code, subject);

    private static MappingException NotMappable(string path, FileType type) =>
        new(MappingError.NotMappable, Messages.NotMappable(path, type.ToString()));

    private static MappingException NotSupported(string message) => new(MappingError.NotSupported, message);

    private static MappingException Limit(string message) => new(MappingError.LimitReached, message);

    // Windows has these options for some mappings only.
    private void Refuse(MapSpecification specification)
    {
        string subject = specification.Subject;
        bool file = specification.File is not null;
        // A view that cannot keep changes of its own reserves nothing anyway.
        bool keepsChanges = !file
            || (specification.Sharing == MapSharing.Private && (specification.Protection & MemoryProtection.Write) != 0);
        if (Has(specification, MapOptions.NoReserve) && keepsChanges)
        {
            throw NotSupported(Messages.NoReserveUnknown(subject, SystemName));
        }

        if (Has(specification, MapOptions.HugePages))
        {
            if (file || specification.Section is not null)
            {
                throw NotSupported(Messages.HugePagesNeedMemory(subject, SystemName));
            }

            if (!LockMemoryPrivilege.Enable())
            {
                throw Limit(Messages.LargePagePrivilege(subject));
            }
        }
    }

    private static MappingHandle Allocate(MapSpecification specification)
    {
        uint type = MemReserve | MemCommit | (Has(specification, MapOptions.HugePages) ? MemLargePages : 0);
        uint protection = PageProtection.From(specification.Protection, copyOnWrite: false);
        nint address = VirtualAlloc.Invoke(specification.Address, specification.Length, type, protection, out int code);
        if (address == 0 && IsOnlyWished(specification, code))
        {
            address = VirtualAlloc.Invoke(0, specification.Length, type, protection, out code);
        }

        return address == 0
            ? throw MapFailure("VirtualAlloc", code, specification)
            : new MappingHandle(VirtualFree.Invoke, address, specification.Length);
    }

    private static MappingHandle MapView(MapSpecification specification)
    {
        bool huge = Has(specification, MapOptions.HugePages);
        bool copyOnWrite = specification.Sharing == MapSharing.Private;

        // A view can never get more than it begins with. Of a file it has read at least; memory that is shared by no name
        // has all, which costs nothing. What is to have less is protected afterwards.
        bool memory = specification.File is null && specification.Section is null;
        MemoryProtection most = memory
            ? MemoryProtection.Read | MemoryProtection.Write | MemoryProtection.Execute
            : specification.Protection | MemoryProtection.Read;
        uint protection = PageProtection.From(most, copyOnWrite);
        uint access = PageProtection.GetViewAccess(most, copyOnWrite) | (huge ? FileMapLargePages : 0);

        // The view keeps the section, so a handle of its own may go.
        using SafeHandle? own = specification.Section is null
            ? CreateSection(specification, protection | (huge ? SecCommit | SecLargePages : 0))
            : null;
        SafeHandle section = specification.Section ?? own!;
        nint address = MapViewOfFile.Invoke(
            section, access, specification.FileOffset, specification.Length, specification.Address, out int code);
        if (address == 0 && IsOnlyWished(specification, code))
        {
            address = MapViewOfFile.Invoke(section, access, specification.FileOffset, specification.Length, 0, out code);
        }

        if (address == 0)
        {
            throw MapFailure("MapViewOfFile", code, specification);
        }

        var mapping = new MappingHandle(UnmapViewOfFile.Invoke, address, specification.Length);
        uint wanted = PageProtection.From(specification.Protection, copyOnWrite);
        code = wanted == protection ? 0 : VirtualProtect.Invoke(address, specification.Length, wanted);
        if (code != 0)
        {
            mapping.Dispose();
            throw MapFailure("VirtualProtect", code, specification);
        }

        return mapping;
    }

    private static SafeFileHandle CreateSection(MapSpecification specification, uint protection)
    {
        int code;
        SafeFileHandle section;
        if (specification.File is not null && (specification.Protection & MemoryProtection.Execute) != 0)
        {
            // .NET opens no file for execution.
            bool write = specification.Sharing == MapSharing.Shared && (specification.Protection & MemoryProtection.Write) != 0;
            using SafeFileHandle file = ReOpenFile.Invoke(
                specification.File, GenericRead | GenericExecute | (write ? GenericWrite : 0), out code);
            if (code != 0)
            {
                throw MapFailure("ReOpenFile", code, specification);
            }

            section = CreateFileMapping.Invoke(file, protection, 0, out code);
        }
        else
        {
            section = CreateFileMapping.Invoke(
                specification.File, protection, specification.File is null ? specification.Length : 0, out code);
        }

        return code == 0 ? section : throw MapFailure("CreateFileMapping", code, specification);
    }

    private static bool IsOnlyWished(MapSpecification specification, int code) =>
        specification.Address != 0 && !specification.Fixed && code is InvalidAddress or MappedAlignment;

    // A region that may not write has a handle that may not flush, though others may have written to its file.
    private static int FlushWithRights(SafeFileHandle file)
    {
        using SafeFileHandle writable = ReOpenFile.Invoke(file, GenericWrite, out int code);
        return code == 0 ? FlushFileBuffers.Invoke(writable) : code;
    }

    private static MappingException SyncFailure(string function, int code, string subject) =>
        WindowsErrors.Describe(function, code).Kind == NativeErrorKind.NoSpace ? new NoSpaceException(Messages.NoSpaceToSync(subject))
        : code == AccessDenied ? new MappingException(MappingError.AccessDenied, Messages.SyncNeedsWriting(subject))
        : System(function, code, subject);

    private static MappingException GrowFailure(string function, int code, string subject, long oldLength, long length) =>
        WindowsErrors.Describe(function, code).Kind == NativeErrorKind.NoSpace
            ? new NoSpaceException(Messages.NoSpaceToGrow(subject, oldLength, length))
            : System(function, code, subject);

    private static MappingException MapFailure(string function, int code, MapSpecification specification)
    {
        string subject = specification.Subject;
        long length = specification.Length;
        if (specification.File is not null && code is AccessDenied or FileInvalid)
        {
            long present = GetFileSize.Invoke(specification.File);
            if (present < specification.FileOffset + length)
            {
                return new OutOfRangeException(Messages.RangeOutside(subject, present, specification.FileOffset, length));
            }
        }

        return code switch
        {
            AccessDenied => new MappingException(
                MappingError.AccessDenied,
                Messages.MapDenied(subject, specification.Protection.ToString(), specification.Sharing.ToString())),
            InvalidAddress or MappedAlignment when specification.Fixed => MappingException.FromSystem(
                function, WindowsErrors.GetName(code), Messages.AddressTaken(specification.Address, length)),
            NoSystemResources or NotEnoughMemory when Has(specification, MapOptions.HugePages)
                => Limit(Messages.LargePageMemory(subject, length, specification.PageSize)),
            PrivilegeNotHeld when Has(specification, MapOptions.HugePages) => Limit(Messages.LargePagePrivilege(subject)),
            CommitmentLimit => Limit(Messages.CommitLimit(subject, length)),
            InvalidParameter when function == "VirtualAlloc" => new OutOfRangeException(Messages.AddressSpace(subject, length)),
            _ => System(function, code, subject),
        };
    }
}
