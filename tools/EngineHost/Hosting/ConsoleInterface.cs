using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Threading;

namespace EngineHost.Hosting;

/// <summary>Writes to stdout and stderr, and asks on a terminal.</summary>
internal sealed class ConsoleInterface : PSHostUserInterface
{
    private const string Yellow = "\e[33;1m";
    private const string Plain = "\e[0m";

    private readonly bool nonInteractive;
    private readonly Lock gate = new();
    private readonly ConsoleRawInterface window = new();
    private readonly ProgressLine progress;

    public ConsoleInterface(bool nonInteractive)
    {
        this.nonInteractive = nonInteractive;
        progress = new ProgressLine(window);
    }

    public override PSHostRawUserInterface RawUI => window;

    // The engine's own formatting asks this before it decorates.
    public override bool SupportsVirtualTerminal => !Console.IsOutputRedirected && CapableTerminal;

    private static bool CapableTerminal => Environment.GetEnvironmentVariable("TERM") != "dumb";

    public override void Write(string value) => WriteTo(Console.Out, GetOutputString(value, SupportsVirtualTerminal));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        if (!SupportsVirtualTerminal)
        {
            Write(value);
            return;
        }

        lock (gate)
        {
            progress.Clear();
            Console.ForegroundColor = foregroundColor;
            Console.BackgroundColor = backgroundColor;
            Console.Write(value);
            Console.ResetColor();
        }
    }

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteErrorLine(string value)
    {
        // The engine ends a view of an error with an empty line, which pwsh leaves out too.
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        bool decorated = !Console.IsErrorRedirected && CapableTerminal;
        WriteTo(Console.Error, GetOutputString(value.TrimEnd(), decorated) + Environment.NewLine);
    }

    public override void WriteDebugLine(string message) => WriteStream("DEBUG: " + message);

    public override void WriteVerboseLine(string message) => WriteStream("VERBOSE: " + message);

    public override void WriteWarningLine(string message) => WriteStream("WARNING: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (gate)
        {
            progress.Show(record);
        }
    }

    public void ClearProgress()
    {
        lock (gate)
        {
            progress.Clear();
        }
    }

    public override string ReadLine() => Answer();

    public override SecureString ReadLineAsSecureString()
    {
        DemandTerminal();
        var secret = new SecureString();
        for (ConsoleKeyInfo key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key != ConsoleKey.Backspace)
            {
                secret.AppendChar(key.KeyChar);
            }
            else if (secret.Length > 0)
            {
                secret.RemoveAt(secret.Length - 1);
            }
        }

        WriteLine(string.Empty);
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        DemandTerminal();
        WriteHeading(caption, message);
        var answers = new Dictionary<string, PSObject>(StringComparer.OrdinalIgnoreCase);
        foreach (FieldDescription field in descriptions)
        {
            Write($"{field.Name}: ");
            bool secret = field.ParameterTypeFullName == typeof(SecureString).FullName;
            answers[field.Name] = PSObject.AsPSObject(secret ? ReadLineAsSecureString() : Answer());
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        DemandTerminal();
        return new ChoicePrompt(choices, defaultChoice).Ask(() => WriteHeading(caption, message), Write, Answer);
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) =>
        throw new PSNotSupportedException("EngineHost does not ask for credentials.");

    private void WriteStream(string line) => WriteLine(SupportsVirtualTerminal ? Yellow + line + Plain : line);

    private void WriteHeading(string caption, string message)
    {
        foreach (string line in new[] { caption, message })
        {
            if (!string.IsNullOrEmpty(line))
            {
                WriteLine(line);
            }
        }
    }

    private void WriteTo(TextWriter writer, string text)
    {
        lock (gate)
        {
            progress.Clear();
            writer.Write(text);
        }
    }

    private string Answer()
    {
        DemandTerminal();
        return Console.ReadLine() ?? throw new PSInvalidOperationException("The input ended where an answer was asked for.");
    }

    private void DemandTerminal()
    {
        if (nonInteractive)
        {
            // This type of exception makes the engine name the missing parameter or the question that could not be put.
            throw new PSInvalidOperationException("EngineHost is in non-interactive mode: it cannot read an answer or prompt for one.");
        }
    }
}
