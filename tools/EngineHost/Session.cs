using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using EngineHost.Hosting;

namespace EngineHost;

/// <summary>
/// One runspace on the console: what it is given runs, is formatted and shown as pwsh would show it, and stops on Ctrl+C.
/// </summary>
internal sealed class Session : IDisposable
{
    private const int Interrupted = 130;

    // A trap that says nothing writes the error with its own position, and goes on.
    private const string WriteError = "param($Record) $ErrorActionPreference = 'Continue'; trap { } throw $Record";

    private readonly ConsoleHost host;
    private readonly Runspace runspace;
    private Pipeline? running;
    private bool interrupted;

    public Session(ConsoleHost host, Action<InitialSessionState>? configure = null)
    {
        this.host = host;
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThreadOptions = PSThreadOptions.ReuseThread;
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        configure?.Invoke(state);
        runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        Console.CancelKeyPress += OnCancelKey;
    }

    /// <summary>Whether Ctrl+C was pressed.</summary>
    public bool WasInterrupted => interrupted;

    /// <summary>What `exit` or Ctrl+C asked the process to return, if either did.</summary>
    public int? ExitCode => interrupted ? Interrupted : host.ExitCode;

    /// <summary>Whether the last statement that ran left `$?` true.</summary>
    public bool LastStatementSucceeded
    {
        get
        {
            using Pipeline pipeline = runspace.CreatePipeline("$global:?");
            return pipeline.Invoke() is [{ BaseObject: true }];
        }
    }

    public bool Import(string module)
    {
        var import = new Command("Import-Module");
        import.Parameters.Add("Name", module);
        import.Parameters.Add("ErrorAction", ActionPreference.Stop);
        return Run(import);
    }

    /// <summary>Runs a command and shows what it emits. False when a terminating error or Ctrl+C ended it.</summary>
    public bool Run(Command command)
    {
        Pipeline pipeline = runspace.CreatePipeline();
        pipeline.Commands.Add(command);
        return Show(pipeline);
    }

    /// <summary>Runs a text as Run does a command.</summary>
    public bool Run(string text)
    {
        // The engine keeps `$?` only of what goes into the history.
        return Show(runspace.CreatePipeline(text, addToHistory: true));
    }

    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancelKey;
        runspace.Dispose();
        host.Dispose();
    }

    private bool Show(Pipeline pipeline)
    {
        // Errors travel with the output, so that both appear in the order they came.
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        try
        {
            Invoke(pipeline);
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException failure)
        {
            // Written as an error that does not terminate, it takes the way of all others.
            Pipeline report = runspace.CreatePipeline();
            var write = new Command(WriteError, isScript: true);
            write.Parameters.Add("Record", failure.ErrorRecord);
            write.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
            report.Commands.Add(write);
            Invoke(report);
            return false;
        }
    }

    private void Invoke(Pipeline pipeline)
    {
        using (pipeline)
        {
            pipeline.Commands.Add("Out-Default");
            Volatile.Write(ref running, pipeline);
            try
            {
                pipeline.Invoke();
            }
            finally
            {
                Volatile.Write(ref running, null);
            }
        }
    }

    private void OnCancelKey(object? sender, ConsoleCancelEventArgs cancel)
    {
        // The second Ctrl+C ends the process at once, should the first not get through.
        cancel.Cancel = !interrupted;
        interrupted = true;
        Volatile.Read(ref running)?.StopAsync();
    }
}
