using System;
using System.Threading;

namespace MmapPS.Regions.Life;

/// <summary>
/// Keeps a region mapped while it is used. Closing forbids new uses at once and unmaps when the last present use has ended, on
/// whichever thread that is. A change of the mapping waits for present uses and holds new ones back, so a use must be short and
/// must never wait for another.
/// </summary>
internal sealed class RegionGate
{
    private readonly object _lock = new();
    private readonly Action _close;
    private int _uses;
    private bool _closed;
    private bool _changing;
    private int _waitingChanges;

    public RegionGate(Action close) => _close = close;

    /// <summary>Whether new uses are allowed.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return !_closed;
            }
        }
    }

    /// <summary>Begins a use.</summary>
    /// <returns>Whether the gate was open; if so, <see cref="Exit"/> must follow.</returns>
    public bool TryEnter()
    {
        lock (_lock)
        {
            // New uses wait while a change is pending, or overlapping uses would starve it.
            while (_changing || (_waitingChanges > 0 && !_closed))
            {
                Monitor.Wait(_lock);
            }

            _uses += _closed ? 0 : 1;
            return !_closed;
        }
    }

    /// <summary>Begins a change, alone: waits until all uses have ended.</summary>
    /// <returns>Whether the gate was open; if so, <see cref="ExitAlone"/> must follow.</returns>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public bool TryEnterAlone(CancellationToken stop)
    {
        using CancellationTokenRegistration wake = stop.Register(WakeAll);
        lock (_lock)
        {
            _waitingChanges++;
            try
            {
                while (_changing || (_uses > 0 && !_closed))
                {
                    stop.ThrowIfCancellationRequested();
                    Monitor.Wait(_lock);
                }
            }
            finally
            {
                _waitingChanges--;
                Monitor.PulseAll(_lock);
            }

            _changing = !_closed;
            _uses += _closed ? 0 : 1;
            return !_closed;
        }
    }

    /// <summary>Ends a change.</summary>
    public void ExitAlone()
    {
        lock (_lock)
        {
            _changing = false;
        }

        Exit();
    }

    /// <summary>Ends a use.</summary>
    public void Exit()
    {
        bool last;
        lock (_lock)
        {
            last = --_uses == 0 && _closed;
            Monitor.PulseAll(_lock);
        }

        if (last)
        {
            _close();
        }
    }

    /// <summary>Forbids new uses.</summary>
    /// <returns>Whether this call was the one that closed.</returns>
    public bool Close()
    {
        bool idle;
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            _closed = true;
            idle = _uses == 0;
            Monitor.PulseAll(_lock);
        }

        if (idle)
        {
            _close();
        }

        return true;
    }

    private void WakeAll()
    {
        lock (_lock)
        {
            Monitor.PulseAll(_lock);
        }
    }
}
