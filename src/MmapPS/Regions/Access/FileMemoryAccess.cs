using System;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native;

namespace MmapPS.Regions.Access;

/// <summary>
/// The way to a mapping of a file through its memory. Behind the file's present end nothing is read or written, though the rest
/// of the last page is there: the memory shows zeros, or what the region itself had changed, and keeps what is written from
/// the file.
/// </summary>
internal class FileMemoryAccess : RegionAccess
{
    private readonly MediatedAccess _memory;

    /// <param name="platform">The system.</param>
    /// <param name="memory">The way through the mapping.</param>
    /// <param name="file">The mapped file.</param>
    /// <param name="start">Where in the file the region starts, in bytes.</param>
    public FileMemoryAccess(MemoryPlatform platform, MediatedAccess memory, SafeFileHandle file, long start)
    {
        _memory = memory;
        Platform = platform;
        File = file;
        Start = start;
    }

    /// <summary>The system.</summary>
    protected MemoryPlatform Platform { get; }

    /// <summary>The mapped file.</summary>
    protected SafeFileHandle File { get; }

    /// <summary>Where in the file the region starts, in bytes.</summary>
    protected long Start { get; }

    /// <inheritdoc/>
    public override CopyOutcome Read(long offset, Span<byte> destination)
    {
        CopyOutcome outcome = _memory.Read(offset, destination);

        // Asked after the copy, so that a truncation before the copy shows.
        int reachable = CountBeforeEnd(offset, outcome.Count);
        return reachable < outcome.Count ? new CopyOutcome(reachable, CopyStop.EndOfFile) : outcome;
    }

    /// <inheritdoc/>
    public override CopyOutcome Write(long offset, ReadOnlySpan<byte> source)
    {
        int reachable = CountBeforeEnd(offset, source.Length);
        CopyOutcome outcome = WriteMemory(offset, source.Slice(0, reachable));
        return outcome.Stop == CopyStop.Completed && reachable < source.Length
            ? outcome with { Stop = CopyStop.EndOfFile }
            : outcome;
    }

    /// <summary>Writes bytes that lie before the file's end.</summary>
    protected virtual CopyOutcome WriteMemory(long offset, ReadOnlySpan<byte> source) => _memory.Write(offset, source);

    private int CountBeforeEnd(long offset, int count) =>
        (int)Math.Min(count, Math.Max(0, Platform.GetLength(File) - Start - offset));
}
