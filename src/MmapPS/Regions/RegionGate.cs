using System;

namespace MmapPS.Regions;

/// <summary>
/// Keeps a region mapped while anyone uses it: closing forbids new uses at once and does its work when the last present
/// use has ended, whichever thread that is on.
/// </summary>
internal sealed class RegionGate
{
    private readonly object _lock = new();
    private readonly Action _close;
    private int _uses;
    private bool _closed;

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
            _uses += _closed ? 0 : 1;
            return !_closed;
        }
    }

    /// <summary>Ends a use.</summary>
    public void Exit()
    {
        bool last;
        lock (_lock)
        {
            last = --_uses == 0 && _closed;
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
        }

        if (idle)
        {
            _close();
        }

        return true;
    }
}
