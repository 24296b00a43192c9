using System;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native;

namespace MmapPS.Regions.Access;

/// <summary>
/// The way to a shared mapping of a file. Reads go to the file itself where it has the same bytes: the same page cache
/// without the cost of faults, and its present end is seen. Writes go through the mapping, which unlike pwrite(2) can never
/// make a truncated file longer.
/// </summary>
internal sealed class SharedFileAccess : RegionAccess
{
    private readonly MemoryPlatform _platform;
    private readonly MediatedAccess _memory;
    private readonly SafeFileHandle _file;
    private readonly long _start;

    // Cleared when the file turns out not to take reads at an offset; its memory serves from then on.
    private volatile bool _readable;

    /// <param name="platform">The system.</param>
    /// <param name="memory">The way through the mapping.</param>
    /// <param name="file">The mapped file.</param>
    /// <param name="start">Where in the file the region starts, in bytes.</param>
    public SharedFileAccess(MemoryPlatform platform, MediatedAccess memory, SafeFileHandle file, long start)
    {
        _platform = platform;
        _memory = memory;
        _file = file;
        _start = start;
        _readable = platform.FilesMatchMappings;
    }

    /// <inheritdoc/>
    public override CopyOutcome Read(long offset, Span<byte> destination)
    {
        int done = 0;
        while (_readable && done < destination.Length)
        {
            int count = _platform.ReadFile(_file, _start + offset + done, destination.Slice(done), out NativeError? error);
            if (count == 0)
            {
                return new CopyOutcome(done, CopyStop.EndOfFile);
            }

            if (error?.Kind == NativeErrorKind.InputOutput)
            {
                return new CopyOutcome(done, CopyStop.InputOutput);
            }

            if (error is not null)
            {
                _readable = false;
                break;
            }

            done += count;
        }

        if (done == destination.Length)
        {
            return new CopyOutcome(done, CopyStop.Completed);
        }

        CopyOutcome rest = _memory.Read(offset + done, destination.Slice(done));
        return rest with { Count = done + rest.Count };
    }

    /// <inheritdoc/>
    public override CopyOutcome Write(long offset, ReadOnlySpan<byte> source)
    {
        // Bytes behind the file's end, within its last page, would be taken by the memory and never reach the file.
        long present = Math.Max(0, _platform.GetLength(_file) - _start - offset);
        int reachable = (int)Math.Min(source.Length, present);
        CopyOutcome outcome = _memory.Write(offset, source.Slice(0, reachable));
        if (outcome.Stop == CopyStop.Fault)
        {
            outcome = WriteAfterFault(offset, source.Slice(0, reachable), outcome.Count);
        }

        return outcome.Stop == CopyStop.Completed && reachable < source.Length
            ? outcome with { Stop = CopyStop.EndOfFile }
            : outcome;
    }

    /// <inheritdoc/>
    public override long MoveTo(SafeFileHandle target, long targetOffset, long offset, long length) =>
        _platform.FilesMatchMappings ? _platform.CopyFile(_file, _start + offset, target, targetOffset, length) : 0;

    // A page without storage faults when the file system is full. Asking for the storage tells, and may provide it.
    private CopyOutcome WriteAfterFault(long offset, ReadOnlySpan<byte> source, int done)
    {
        NativeError? refusal = _platform.FindStorageRefusal(_file, _start + offset + done, source.Length - done);
        switch (refusal?.Kind)
        {
            case NativeErrorKind.NoSpace:
                return new CopyOutcome(done, CopyStop.NoSpace);
            case NativeErrorKind.InputOutput:
                return new CopyOutcome(done, CopyStop.InputOutput);
            default:
                CopyOutcome rest = _memory.Write(offset + done, source.Slice(done));
                return rest with { Count = done + rest.Count };
        }
    }
}
