using System;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace EngineHost.Hosting;

/// <summary>The last progress record as one line at the bottom of a terminal; nothing at all where stdout is no terminal.</summary>
internal sealed class ProgressLine(PSHostRawUserInterface window)
{
    private const string EraseLine = "\r\e[K";

    private bool shown;

    public void Show(ProgressRecord record)
    {
        if (Console.IsOutputRedirected)
        {
            return;
        }

        Clear();
        if (record.RecordType == ProgressRecordType.Processing)
        {
            string line = Describe(record);
            int width = window.WindowSize.Width - 1;
            Console.Write(line.Length <= width ? line : line[..width]);
            shown = true;
        }
    }

    public void Clear()
    {
        if (shown)
        {
            Console.Write(EraseLine);
            shown = false;
        }
    }

    private static string Describe(ProgressRecord record)
    {
        string line = $"{record.Activity}: {record.StatusDescription}";
        if (record.PercentComplete >= 0)
        {
            line += string.Create(CultureInfo.CurrentCulture, $" {record.PercentComplete} %");
        }

        if (record.SecondsRemaining >= 0)
        {
            line += $" {TimeSpan.FromSeconds(record.SecondsRemaining):c} left";
        }

        return line.ReplaceLineEndings(" ");
    }
}
