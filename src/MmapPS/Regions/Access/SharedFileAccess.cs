using System;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native;
using MmapPS.Ranges;

namespace MmapPS.Regions.Access;

/// <summary>
/// The way to a shared mapping of a file. Reads go to the file itself where it has the same bytes: the same page cache
/// without the cost of faults, and its present end is seen. Writes go through the mapping, which unlike pwrite(2) can never
/// make a truncated file longer.
/// </summary>
internal sealed class SharedFileAccess : FileMemoryAccess
{
    private readonly Lazy<bool> _knowsHoles;

    // Cleared when the file turns out not to take reads at an offset; its memory serves from then on.
    private volatile bool _readable;

    /// <param name="platform">The system.</param>
    /// <param name="memory">The way through the mapping.</param>
    /// <param name="file">The mapped file.</param>
    /// <param name="start">Where in the file the region starts, in bytes.</param>
    /// <param name="throughFile">Whether the file may be read in place of the memory.</param>
    public SharedFileAccess(MemoryPlatform platform, MediatedAccess memory, SafeFileHandle file, long start, bool throughFile)
        : base(platform, memory, file, start)
    {
        _knowsHoles = new Lazy<bool>(() => platform.KnowsHoles(file));
        _readable = throughFile && platform.FilesMatchMappings;
    }

    /// <inheritdoc/>
    public override CopyOutcome Read(long offset, Span<byte> destination)
    {
        int done = 0;
        while (_readable && done < destination.Length)
        {
            int count = Platform.ReadFile(File, Start + offset + done, destination.Slice(done), out NativeError? error);
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

        CopyOutcome rest = base.Read(offset + done, destination.Slice(done));
        return rest with { Count = done + rest.Count };
    }

    /// <inheritdoc/>
    protected override CopyOutcome WriteMemory(long offset, ReadOnlySpan<byte> source)
    {
        CopyOutcome outcome = base.WriteMemory(offset, source);
        return outcome.Stop == CopyStop.Fault ? WriteAfterFault(offset, source, outcome.Count) : outcome;
    }

    /// <inheritdoc/>
    public override long CountZeros(long offset) => _readable && _knowsHoles.Value ? Platform.CountHole(File, Start + offset) : 0;

    /// <inheritdoc/>
    public override long MoveTo(ByteRange range, SafeFileHandle target, long targetOffset) =>
        _readable ? Platform.CopyFile(new FileSpan(string.Empty, File, Start + range.Offset, range.Length), target, targetOffset) : 0;

    // A page without storage faults when the file system is full. Asking for the storage tells, and may provide it.
    private CopyOutcome WriteAfterFault(long offset, ReadOnlySpan<byte> source, int done)
    {
        NativeError? refusal = Platform.FindStorageRefusal(File, Start + offset + done, source.Length - done);
        switch (refusal?.Kind)
        {
            case NativeErrorKind.NoSpace:
                return new CopyOutcome(done, CopyStop.NoSpace);
            case NativeErrorKind.InputOutput:
                return new CopyOutcome(done, CopyStop.InputOutput);
            default:
                CopyOutcome rest = base.WriteMemory(offset + done, source.Slice(done));
                return rest with { Count = done + rest.Count };
        }
    }
}
