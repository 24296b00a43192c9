using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Scripting;

/// <summary>Shows progress of work that takes over half a second, and stops it on Ctrl+C.</summary>
internal sealed class CommandWork : IWork
{
    private const long FirstReportMilliseconds = 500;
    private const long ReportMilliseconds = 200;

    private readonly Cmdlet _command;
    private readonly string _activity;
    private readonly long _total;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly int _activityId = Environment.TickCount & int.MaxValue;
    private long _done;
    private long _nextReport = FirstReportMilliseconds;

    /// <param name="command">The cmdlet that does it.</param>
    /// <param name="activity">What the progress says is done.</param>
    /// <param name="total">Bytes that it is over; 0 for work that only begins other work.</param>
    /// <param name="stop">Signalled by Ctrl+C.</param>
    public CommandWork(Cmdlet command, string activity, long total, CancellationToken stop)
    {
        _command = command;
        _activity = activity;
        _total = total;
        Stop = stop;
    }

    /// <inheritdoc/>
    public CancellationToken Stop { get; }

    /// <inheritdoc/>
    public IWork Begin(long total) => new CommandWork(_command, _activity, total, Stop);

    /// <inheritdoc/>
    public void Advance(long bytes)
    {
        Stop.ThrowIfCancellationRequested();

        // Work is done in whole pages, which may be more than the requested bytes.
        _done = Math.Min(_total, _done + bytes);
        if (_clock.ElapsedMilliseconds >= _nextReport && _done < _total)
        {
            _nextReport = _clock.ElapsedMilliseconds + ReportMilliseconds;
            _command.WriteProgress(Report());
        }
    }

    /// <summary>Removes the progress display if there was one.</summary>
    public void Dispose()
    {
        if (_nextReport > FirstReportMilliseconds && !Stop.IsCancellationRequested)
        {
            ProgressRecord report = Report();
            report.RecordType = ProgressRecordType.Completed;
            _command.WriteProgress(report);
        }
    }

    private ProgressRecord Report()
    {
        double rate = _done / _clock.Elapsed.TotalSeconds;
        return new ProgressRecord(_activityId, _activity, Messages.ProgressStatus(_done, _total, rate))
        {
            PercentComplete = (int)(100.0 * _done / _total),
            SecondsRemaining = rate > 0 ? (int)Math.Min(int.MaxValue, (_total - _done) / rate) : -1,
        };
    }
}
