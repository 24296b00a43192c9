using System;
using System.Linq;
using System.Management.Automation;

namespace EngineHost.Specs;

/// <summary>Something that makes the run fail: a test, a block's setup, or a whole file.</summary>
internal sealed record SpecFailure(string Name, string Message, string Trace)
{
    /// <summary>A failure by an error; the location is where to look when the error itself does not know.</summary>
    public static SpecFailure From(string name, ErrorRecord error, string location)
    {
        // Frames without a file are the runner's own; an error before any statement ran has no frame, but a position.
        string[] frames = [.. (error.ScriptStackTrace ?? string.Empty).Split('\n', StringSplitOptions.TrimEntries)
            .Where(frame => frame.Length > 0 && !frame.Contains(", <No file>:", StringComparison.Ordinal))];
        string trace = frames.Length > 0 ? string.Join(Environment.NewLine, frames) : error.InvocationInfo?.PositionMessage ?? location;
        bool asserted = error.Exception is AssertionException;
        string message = error.ErrorDetails?.Message ?? error.Exception.Message;
        return new SpecFailure(
            name, asserted ? message : $"{error.Exception.GetType().Name}: {message} ({error.FullyQualifiedErrorId})", trace);
    }
}
