using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Threading;
using MmapPS.Bytes.Scanning;
using MmapPS.Native;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Commands.Bases;

/// <summary>What every cmdlet has: errors as records, Ctrl+C, progress.</summary>
public abstract class MappingCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private bool? _isVerbose;

    /// <summary>Ends the cmdlet's resources; called by PowerShell however the pipeline ends.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks long work to end. Runs on another thread, so it touches nothing else.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Ends the cmdlet's resources.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    /// <summary>Does work for one object of the pipeline; its failure is an error record and the next object follows.</summary>
    private protected void Try(object? target, Action work)
    {
        try
        {
            Trace(work);
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

    /// <summary>Does work without which the cmdlet makes no sense; its failure ends the statement.</summary>
    private protected void TryOrThrow(object? target, Action work)
    {
        try
        {
            Trace(work);
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

    /// <summary>Whether to go on, which the user is asked where they want to be.</summary>
    /// <exception cref="MappingException">NotSupported: nobody can answer.</exception>
    private protected new bool ShouldProcess(string target, string action)
    {
        try
        {
            return base.ShouldProcess(target, action);
        }
        catch (NullReferenceException)
        {
            // What the console of PowerShell 7 throws where standard input ends before there is an answer.
            throw new MappingException(MappingError.NotSupported, Messages.NobodyAnswers());
        }
    }

    // Verbose lines say which system calls were made. They are written afterwards: where calls are made nothing may throw, and
    // writing does once the pipeline is to end. Cmdlets further down the pipeline run within this work and listen for themselves.
    private void Trace(Action work)
    {
        _isVerbose ??= IsVerbose;
        List<string>? calls = _isVerbose.Value ? [] : null;
        Action<string>? outer = NativeTrace.Listener;
        NativeTrace.Listener = calls is null ? null : calls.Add;
        try
        {
            work();
        }
        finally
        {
            NativeTrace.Listener = outer;
            calls?.ForEach(WriteVerbose);
        }
    }

    private bool IsVerbose => MyInvocation.BoundParameters.TryGetValue("Verbose", out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : GetVariableValue("VerbosePreference") is not ActionPreference.SilentlyContinue;

    /// <summary>Signalled by Ctrl+C.</summary>
    private protected CancellationToken Stop => _stop.Token;

    /// <summary>A watch over work on <paramref name="total"/> bytes; dispose it when the work is done.</summary>
    private protected CommandMonitor Watch(long total) => new(this, MyInvocation.MyCommand.Name, total, _stop.Token);

    /// <summary>How to work over bytes: with progress, and until Ctrl+C.</summary>
    private protected ScanSettings Watched(CommandMonitor monitor) => new() { Stop = Stop, Progress = monitor.Advance };

    /// <summary>What a parameter that takes any object was given: a number where the command line has an unquoted one.</summary>
    private protected object? Given(string parameter, object? value) =>
        PowerShellLanguage.Unwrap(UnquotedNumber.Restore(MyInvocation, parameter, value));

    /// <summary>The full path of the one file that a path, taken as it is, or an object for a file means.</summary>
    /// <exception cref="MappingException">FileNotFound, NotMappable; NotSupported: it is a list.</exception>
    private protected string ResolveFile(object path) => path switch
    {
        FileSystemInfo file => ResolveFile(file.FullName),
        string text => FilePaths.Resolve(SessionState.Path, text, literal: true)[0],

        // As text a list is the name of its type.
        IEnumerable => throw new MappingException(MappingError.NotSupported, Messages.OneFileNeeded()),
        _ => ResolveFile(path.ToString()!),
    };

    /// <summary>Matches the paths that a path means, of what is open or mapped: full, relative, a file name, or with wildcards.</summary>
    private protected Func<string, bool> FilterPath(string path)
    {
        string fullPath = path;
        try
        {
            fullPath = ResolveFile(path);
        }
        catch (MappingException)
        {
            // Not every mapping's path is one of a drive: anon_inode:[eventpoll].
        }

        return TextFilter.ForPath(path, fullPath, MemoryPlatform.Current.PathComparison);
    }

    /// <summary>Matches the names of shared memory that a name means; case matters.</summary>
    private protected static Func<string, bool> FilterName(string name) => TextFilter.For(name, StringComparison.Ordinal);

    /// <summary>Whether -WhatIf was given or is the preference, so that nothing may be changed.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Says in a verbose line what became of the range, where pages made it another.</summary>
    private protected void ReportRounding(MappedRegion region, ByteRange asked, ByteRange done)
    {
        if (asked.Offset != done.Offset || asked.Length != done.Length)
        {
            WriteVerbose(Messages.RangeRounded(region.Subject, asked.Offset, asked.Length, done.Offset, done.Length, region.PageSize));
        }
    }
}
