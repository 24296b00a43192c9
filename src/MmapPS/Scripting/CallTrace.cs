using System;
using System.Collections.Generic;
using System.Management.Automation;
using MmapPS.Native;

namespace MmapPS.Scripting;

/// <summary>
/// Writes the system calls of a cmdlet's work as verbose lines. They are written after the work: nothing may throw between two calls,
/// and writing throws once the pipeline ends. Cmdlets further down the pipeline run within this work and have traces of their own.
/// </summary>
internal sealed class CallTrace
{
    private readonly PSCmdlet _command;
    private bool? _isOn;

    public CallTrace(PSCmdlet command) => _command = command;

    /// <summary>Does work; what it throws comes after its verbose lines.</summary>
    public void Run(Action work)
    {
        _isOn ??= IsVerbose;
        List<string>? calls = _isOn.Value ? [] : null;
        Action<string>? outer = NativeTrace.Listener;
        NativeTrace.Listener = calls is null ? null : calls.Add;
        try
        {
            work();
        }
        finally
        {
            NativeTrace.Listener = outer;
            calls?.ForEach(_command.WriteVerbose);
        }
    }

    private bool IsVerbose => _command.MyInvocation.BoundParameters.TryGetValue("Verbose", out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : _command.GetVariableValue("VerbosePreference") is not ActionPreference.SilentlyContinue;
}
