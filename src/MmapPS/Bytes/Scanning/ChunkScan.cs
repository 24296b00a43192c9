using System;
using System.Collections;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace MmapPS.Bytes.Scanning;

/// <summary>
/// Processes chunks on several threads and returns the results in order, each as soon as it is ready.
/// The consumer also works, so one thread is enough. Helpers work ahead within bounds and then end:
/// no thread is left waiting if the consumer is slow or stops.
/// </summary>
internal sealed class ChunkScan<T> : IEnumerator<T>
{
    // Limits of the work ahead: chunks, and items in them.
    private const int MaxAhead = 64;
    private const int MaxItemsAhead = 256 * 1024;

    private readonly object _lock = new();
    private readonly Func<IChunkWorker<T>> _createWorker;
    private readonly Stack<IChunkWorker<T>> _idleWorkers = new();
    private readonly ScanSettings _settings;
    private readonly ChunkPlan _plan;
    private readonly int _maxHelpers;
    private readonly ChunkResult<T>?[] _results = new ChunkResult<T>?[MaxAhead];
    private long _end;
    private long _claimed;
    private long _taken;
    private int _itemsAhead;
    private int _helpers;
    private int _helping;
    private bool _stopped;
    private Exception? _failure;

    /// <param name="plan">The chunks.</param>
    /// <param name="settings">Settings of the scan.</param>
    /// <param name="createWorker">Creates a worker; called for each thread.</param>
    public ChunkScan(ChunkPlan plan, ScanSettings settings, Func<IChunkWorker<T>> createWorker)
    {
        _plan = plan;
        _end = plan.Count;
        _settings = settings;
        _createWorker = createWorker;
        bool large = plan.Count > 1 && plan.Count * settings.ChunkSize >= settings.ParallelFrom;
        _maxHelpers = large ? settings.Threads - 1 : 0;
    }

    /// <summary>The chunk of <see cref="Current"/>.</summary>
    public long Index => _taken - 1;

    /// <inheritdoc/>
    public T Current { get; private set; } = default!;

    object? IEnumerator.Current => Current;

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public bool MoveNext()
    {
        ThrowFailure();
        while (_taken < _end)
        {
            _settings.Work.Stop.ThrowIfCancellationRequested();
            if (TryTake(out bool hasValue))
            {
                if (!hasValue)
                {
                    ThrowFailure();
                }

                _settings.Work.Advance(_plan.LengthOf(Index) * _plan.ItemSize);
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Reset() => throw new NotSupportedException();

    /// <summary>Stops the work; after this returns, no thread uses the chunks.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _stopped = true;
            while (_helping > 0)
            {
                Monitor.Wait(_lock);
            }
        }
    }

    // Takes the next result if it is ready; otherwise works on a chunk.
    private bool TryTake(out bool hasValue)
    {
        hasValue = true;
        long index;
        IChunkWorker<T> worker;
        lock (_lock)
        {
            if (_results[_taken % MaxAhead] is ChunkResult<T> result)
            {
                Take(result);
                hasValue = result.HasValue;
                return true;
            }

            StartHelpers();
            if (!TryClaim(out index))
            {
                // A helper is working on it.
                Monitor.Wait(_lock);
                return false;
            }

            worker = RentWorker();
        }

        Work(worker, index);
        return false;
    }

    private void ThrowFailure()
    {
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Capture(_failure).Throw();
        }
    }

    private void Take(ChunkResult<T> result)
    {
        _results[_taken % MaxAhead] = null;
        _taken++;
        _itemsAhead -= result.Items;
        _failure = result.Failure;
        Current = result.Value;
        if (_claimed - _taken <= MaxAhead / 2)
        {
            StartHelpers();
        }
    }

    private void StartHelpers()
    {
        while (_helpers < _maxHelpers && CanClaim)
        {
            _helpers++;
            ThreadPool.UnsafeQueueUserWorkItem(static scan => ((ChunkScan<T>)scan!).Help(), this);
            if (_helpers >= _end - _claimed)
            {
                break;
            }
        }
    }

    // The awaited chunk may always be claimed; chunks ahead only within the bounds.
    private bool CanClaim =>
        !_stopped && _claimed < _end && (_claimed == _taken || (_claimed - _taken < MaxAhead && _itemsAhead < MaxItemsAhead));

    private bool TryClaim(out long index)
    {
        index = _claimed;
        bool claimed = CanClaim;
        _claimed += claimed ? 1 : 0;
        return claimed;
    }

    private IChunkWorker<T> RentWorker() => _idleWorkers.Count > 0 ? _idleWorkers.Pop() : _createWorker();

    private void Help()
    {
        while (true)
        {
            long index;
            IChunkWorker<T> worker;
            lock (_lock)
            {
                if (!TryClaim(out index))
                {
                    _helpers--;
                    return;
                }

                _helping++;
                worker = RentWorker();
            }

            Work(worker, index);
            lock (_lock)
            {
                _helping--;
                Monitor.PulseAll(_lock);
            }
        }
    }

    private void Work(IChunkWorker<T> worker, long index)
    {
        ChunkResult<T> result;
        try
        {
            result = worker.Process(index);
        }
        catch (Exception exception)
        {
            // Rethrown to the consumer when it reaches this chunk.
            result = new ChunkResult<T>(default!, 0, exception, HasValue: false);
        }

        lock (_lock)
        {
            _idleWorkers.Push(worker);
            _results[index % MaxAhead] = result;
            _itemsAhead += result.Items;
            if (result.Failure is not null)
            {
                _end = Math.Min(_end, index + 1);
            }

            Monitor.PulseAll(_lock);
        }
    }
}
