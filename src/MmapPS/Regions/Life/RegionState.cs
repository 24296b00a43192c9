using System;
using System.Diagnostics;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Regions.Making;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Regions.Life;

/// <summary>What the parts of a region share: what is behind it, where its bytes are, and who uses them.</summary>
internal sealed class RegionState
{
    private readonly RegionGate _gate;

    /// <param name="mapper">Maps it.</param>
    /// <param name="view">Where its bytes are at first.</param>
    /// <param name="release">Runs once the region is closed and its last use has ended.</param>
    public RegionState(RegionMapper mapper, RegionView view, Action release)
    {
        Mapper = mapper;
        View = view;
        _gate = new RegionGate(() =>
        {
            release();
            View.Mapping?.Dispose();
            Backing.Dispose();
        });
    }

    public RegionMapper Mapper { get; }

    public RegionBacking Backing => Mapper.Backing;

    public MemoryPlatform Platform => Backing.Platform;

    /// <summary>Where the bytes are. Read it while the region is in use; set it while it is changed alone.</summary>
    public RegionView View { get; set; }

    public string Subject => Backing.Subject;

    public bool IsOpen => _gate.IsOpen;

    /// <summary>Forbids new uses, and unmaps once the present ones have ended.</summary>
    public void Close() => _gate.Close();

    /// <summary>Keeps the region mapped until the result is disposed.</summary>
    /// <exception cref="RegionClosedException">The region was removed.</exception>
    public RegionUse Use() => TryEnter() ? new RegionUse(_gate) : throw Closed();

    /// <summary>Begins a use.</summary>
    /// <returns>Whether the region is open; if so, <see cref="Exit"/> must follow.</returns>
    public bool TryEnter()
    {
        bool entered = _gate.TryEnter();
        Debug.Assert(!entered || View.IsMapped, "The region reaches past its mapping.");
        return entered;
    }

    /// <summary>Ends a use.</summary>
    public void Exit() => _gate.Exit();

    /// <summary>Changes the region while it is not used.</summary>
    /// <param name="change">The change.</param>
    /// <param name="work">Its stop ends the wait for other uses.</param>
    /// <exception cref="RegionClosedException">The region was removed.</exception>
    /// <exception cref="OperationCanceledException">The user asked to stop.</exception>
    public void Change(Action change, IWork work)
    {
        if (!_gate.TryEnterAlone(work.Stop))
        {
            throw Closed();
        }

        try
        {
            change();
        }
        finally
        {
            _gate.ExitAlone();
        }
    }

    /// <summary>A range that is known to lie within the region.</summary>
    /// <exception cref="OutOfRangeException">It does not.</exception>
    /// <exception cref="RegionClosedException">The region was removed.</exception>
    public ByteRange Range(long offset, long? length) =>
        IsOpen ? ByteRange.Within(View.Length, offset, length, Subject) : throw Closed();

    /// <summary>The error of a copy that stopped early.</summary>
    /// <param name="stop">Why it did.</param>
    /// <param name="at">Where it did, in bytes from the region's start.</param>
    /// <param name="done">Bytes of the job that were copied.</param>
    /// <param name="total">Bytes of the job.</param>
    /// <param name="writing">Whether it was to the region.</param>
    public MappingException Failure(CopyStop stop, long at, long done, long total, bool writing) => stop switch
    {
        CopyStop.NoSpace => new NoSpaceException(Messages.NoSpaceToWrite(Subject, at, done, total)),
        CopyStop.InputOutput => new PageFaultException(Messages.StorageFailed(Subject, at, done, total, writing)),
        _ => new PageFaultException(Messages.PageFault(
            Subject, at, Backing.Request.Offset + at, Backing.PresentLength, done, total, writing)),
    };

    private RegionClosedException Closed() => new(Messages.RegionClosed(
        Backing.Request.Path ?? Backing.Request.Name ?? Messages.AnonymousMemory(), Backing.Id, Backing.Kind));
}
