using System;
using System.Threading;
using MmapPS.Work;

namespace MmapPS.Unit.Support;

/// <summary>Work whose parts are told to a test, which may stop it.</summary>
internal sealed class WatchedWork(Action<long> onAdvance, CancellationToken stop = default) : IWork
{
    public CancellationToken Stop => stop;

    public void Advance(long bytes) => onAdvance(bytes);

    public IWork Begin(long total) => this;

    public void Dispose()
    {
    }
}
