using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Threading;
using MmapPS.Bytes.Scanning;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Scripting;
using MmapPS.Work;

namespace MmapPS.Commands.Bases;

/// <summary>What every cmdlet has: errors as records, a question before a change, progress, Ctrl+C, and -PassThru.</summary>
public abstract class MappingCommand : PSCmdlet, IDisposable
{
    private protected const string RegionSet = "Region";
    private protected const string MatchSet = "Match";
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";
    private protected const string IdSet = "Id";
    private protected const string NameSet = "Name";
    private protected const string HexSet = "Hex";
    private protected const string ValueSet = "Value";
    private protected const string StreamSet = "Stream";

    private readonly CancellationTokenSource _stop = new();
    private readonly CallTrace _trace;
    private bool _hasConsent;

    /// <summary>Makes a cmdlet.</summary>
    protected MappingCommand() => _trace = new CallTrace(this);

    /// <summary>Hand on what was changed. Cmdlets that have the parameter declare it by an override; for others it stays off.</summary>
    public virtual SwitchParameter PassThru { get; set; }

    /// <summary>Disposes what the cmdlet holds; called by PowerShell however the pipeline ends.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks long work to end. Runs on another thread, so it touches nothing else.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Disposes what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Held?.Dispose();
            _stop.Dispose();
        }
    }

    /// <summary>What is to be disposed with the cmdlet; default nothing.</summary>
    private protected virtual IDisposable? Held => null;

    /// <summary>Does work for one object of the pipeline; its failure is an error record and the next object follows.</summary>
    private protected void Try(object? target, Action work)
    {
        try
        {
            _trace.Run(work);
        }
        catch (MappingException exception)
        {
            WriteError(ErrorRecords.From(exception, target));
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Does work for each of some objects, as <see cref="Try"/> does for one.</summary>
    private protected void TryEach<T>(IEnumerable<T> targets, Action<T> work)
    {
        foreach (T target in targets)
        {
            Try(target, () => work(target));
        }
    }

    /// <summary>Does work without which the cmdlet makes no sense; its failure ends the statement.</summary>
    private protected void TryOrThrow(object? target, Action work)
    {
        try
        {
            _trace.Run(work);
        }
        catch (MappingException exception)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, target));
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Asks whether to change something, as -Confirm, -WhatIf and the preferences of the session want it.</summary>
    /// <param name="subject">How messages name what is changed.</param>
    /// <param name="offset">Where the change starts, in bytes from its start.</param>
    /// <param name="length">How many bytes are changed.</param>
    /// <param name="action">What is done to them.</param>
    /// <exception cref="MappingException">NotSupported: standard input has ended.</exception>
    private protected bool Ask(string subject, long offset, long length, string action) =>
        Ask(Messages.TargetRange(subject, offset, length), action);

    /// <summary>Asks whether to change a range of a region.</summary>
    /// <exception cref="MappingException">NotSupported: standard input has ended.</exception>
    private protected bool Ask(MappedRegion region, ByteRange range, string action) =>
        Ask(region.Subject, range.Offset, range.Length, action);

    /// <summary>Asks whether to do something to a target.</summary>
    /// <exception cref="MappingException">NotSupported: standard input has ended.</exception>
    private protected bool Ask(string target, string action)
    {
        try
        {
            bool agrees = ShouldProcess(target, action);
            _hasConsent |= agrees;
            return agrees;
        }
        catch (NullReferenceException)
        {
            // The console of PowerShell 7 throws this when standard input ends before there is an answer.
            throw new MappingException(MappingError.NotSupported, Messages.QuestionUnanswered());
        }
    }

    /// <summary>Whether the user agreed to a change since this was last asked for.</summary>
    private protected bool TakeConsent()
    {
        bool had = _hasConsent;
        _hasConsent = false;
        return had;
    }

    /// <summary>Changes a range of a region: asks, does the work with progress, and hands the region on with -PassThru.</summary>
    /// <param name="region">The region.</param>
    /// <param name="range">What is changed.</param>
    /// <param name="action">What the user is asked for.</param>
    /// <param name="work">The work.</param>
    /// <param name="total">Bytes of the work; default those of the range.</param>
    private protected void Change(
        MappedRegion region, ByteRange range, string action, Action<IWork> work, long? total = null)
    {
        if (Ask(region, range, action))
        {
            Perform(region, total ?? range.Length, work);
        }
    }

    /// <summary>Changes a whole region in the same way; the user is shown its place in the file.</summary>
    private protected void Change(MappedRegion region, string action, Action<IWork> work)
    {
        if (Ask(region.Subject, region.Offset, region.Length, action))
        {
            Perform(region, region.Length, work);
        }
    }

    /// <summary>Does work on a region, which the user has agreed to, with progress, and hands the region on with -PassThru.</summary>
    /// <param name="region">The region.</param>
    /// <param name="total">Bytes of the work.</param>
    /// <param name="work">The work.</param>
    private protected void Perform(MappedRegion region, long total, Action<IWork> work)
    {
        using (IWork watched = Watch(total))
        {
            work(watched);
        }

        PassOn(region);
    }

    /// <summary>Emits an object where -PassThru was given; the file in place of a region that lasts only as long as the work.</summary>
    private protected void PassOn(object changed)
    {
        if (PassThru)
        {
            WriteObject(changed is MappedRegion { IsTransient: true, Path: string path } ? new FileInfo(path) : changed);
        }
    }

    /// <summary>Signalled by Ctrl+C.</summary>
    private protected CancellationToken Stop => _stop.Token;

    /// <summary>Long work of the cmdlet, until Ctrl+C; what it begins shows progress.</summary>
    private protected IWork Work => Watch(0);

    /// <summary>Work on <paramref name="total"/> bytes, with progress and until Ctrl+C; dispose it when it is done.</summary>
    private protected IWork Watch(long total) => new CommandWork(this, MyInvocation.MyCommand.Name, total, _stop.Token);

    /// <summary>How to work over bytes: with progress, and until Ctrl+C.</summary>
    private protected static ScanSettings Watched(IWork work) => new() { Work = work };

    /// <summary>The value of a parameter that takes any object: a number where the command line has an unquoted one.</summary>
    private protected object? Given(string parameter, object? value) =>
        ScriptCaller.Unwrap(UnquotedNumber.Restore(MyInvocation, parameter, value));

    /// <summary>The full path of one file, given by its literal path or by an object such as FileInfo.</summary>
    /// <exception cref="MappingException">FileNotFound, NotMappable; NotSupported: it is a list.</exception>
    private protected string ResolveFile(object path) => FilePaths.ResolveFile(SessionState.Path, path);

    /// <summary>Whether -WhatIf or its preference is on, so that nothing may be changed.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Writes a verbose line where a range was rounded to whole pages.</summary>
    private protected void ReportRounding(MappedRegion region, ByteRange asked, ByteRange done)
    {
        if (asked.Offset != done.Offset || asked.Length != done.Length)
        {
            WriteVerbose(Messages.RangeRounded(region.Subject, asked.Offset, asked.Length, done.Offset, done.Length, region.PageSize));
        }
    }
}
