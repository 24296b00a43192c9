using System;
using System.Threading;
using MmapPS.Work;

namespace MmapPS.Bytes.Scanning;

/// <summary>
/// Progress of chunks that take long: all threads add to it, and only the thread that made it, the consumer's, shows it, as
/// <see cref="ScanSettings.Work"/> demands.
/// </summary>
internal sealed class SharedProgress
{
    private readonly IWork _work;
    private readonly int _consumer = Environment.CurrentManagedThreadId;
    private long _pending;

    /// <param name="work">What shows it.</param>
    public SharedProgress(IWork work) => _work = work;

    /// <summary>Adds bytes that are done.</summary>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public void Advance(long bytes)
    {
        _work.Stop.ThrowIfCancellationRequested();
        Interlocked.Add(ref _pending, bytes);
        if (Environment.CurrentManagedThreadId == _consumer)
        {
            _work.Advance(Interlocked.Exchange(ref _pending, 0));
        }
    }
}
