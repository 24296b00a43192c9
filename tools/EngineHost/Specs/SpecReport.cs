using System;
using System.Globalization;
using System.IO;

namespace EngineHost.Specs;

/// <summary>Writes what became of each file: a line of counts, then what needs attention.</summary>
internal sealed class SpecReport(TextWriter output, bool detailed)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    private int passed;
    private int failed;
    private int skipped;

    public void Add(SpecRun run, TimeSpan took)
    {
        int passedHere = run.Count(SpecOutcome.Passed), failedHere = run.FailedCount, skippedHere = run.Count(SpecOutcome.Skipped);
        passed += passedHere;
        failed += failedHere;
        skipped += skippedHere;
        if (passedHere + failedHere + skippedHere == 0)
        {
            // The filter left the file out.
            return;
        }

        string file = Path.GetRelativePath(Environment.CurrentDirectory, run.Path);
        output.WriteLine($"{file}: {Counts(passedHere, failedHere, skippedHere)} ({Seconds(took)})");
        foreach (SpecTest test in run.Tests)
        {
            Write(test);
        }

        foreach (SpecFailure failure in run.Failures)
        {
            output.WriteLine($"  FAILED   {failure.Name}");
            output.WriteLine(Indented(failure.Message));
            output.WriteLine(Indented(failure.Trace));
        }

        output.Flush();
    }

    /// <summary>Notes that the run ends before its time.</summary>
    public void Stop(string reason)
    {
        failed++;
        output.WriteLine(reason);
    }

    /// <summary>Writes the last line. True when tests ran and nothing failed.</summary>
    public bool Sum()
    {
        output.WriteLine(Counts(passed, failed, skipped));
        return failed == 0 && passed + skipped > 0;
    }

    private static string Counts(int passed, int failed, int skipped) =>
        string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed, {skipped} skipped");

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");

    private static string Indented(string text) => "    " + text.ReplaceLineEndings(Environment.NewLine + "    ");

    private void Write(SpecTest test)
    {
        switch (test.Outcome)
        {
            case SpecOutcome.Skipped:
                output.WriteLine($"  skipped  {test.FullName}: {test.Reason ?? "-Skip"}");
                break;
            case SpecOutcome.Passed or SpecOutcome.Failed when test.Duration >= Slow:
                output.WriteLine($"  slow     {test.FullName} ({Seconds(test.Duration)})");
                break;
            case SpecOutcome.Passed when detailed:
                output.WriteLine($"  passed   {test.FullName} ({Seconds(test.Duration)})");
                break;
            default:
                break;
        }
    }
}
