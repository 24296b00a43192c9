using System;

namespace MmapPS.Work;

/// <summary>Monitors long work: its progress, and whether it should stop. Dispose it when the work is done.</summary>
internal interface IWorkMonitor : IDisposable
{
    /// <summary>Called between parts of the work.</summary>
    /// <param name="bytes">Bytes done since the last call.</param>
    /// <exception cref="OperationCanceledException">The user asked to stop.</exception>
    void Advance(long bytes);
}
