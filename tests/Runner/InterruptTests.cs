using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace MmapPS.Runner;

/// <summary>Ctrl+C: what runs is stopped, its finally blocks run, and the process says that it was interrupted.</summary>
public sealed class InterruptTests
{
    private const int Interrupted = 130;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_interrupt_stops_a_command()
    {
        string output = await RunAndInterrupt(
            "-Command",
            "try { [Console]::WriteLine('ready'); while ($true) { } } finally { [Console]::WriteLine('cleaned up') }; 'it ran'");
        Assert.Equal("cleaned up", output.Trim());
    }

    [Fact]
    public async Task An_interrupt_stops_the_specs()
    {
        string output = await RunAndInterrupt(
            "-Spec", Host.Fixture("Endless.Spec.ps1"), Host.Fixture("Failing.Spec.ps1"));
        Assert.StartsWith("cleaned up", output);
        Assert.DoesNotContain("it ran", output);
        Assert.DoesNotContain("Failing", output);
        Assert.EndsWith("0 passed, 1 failed, 0 skipped", output.TrimEnd());
    }

    // What the process, which says that it is ready, prints after the interrupt.
    private static async Task<string> RunAndInterrupt(params string[] words)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGINT to send to one process");
        Assert.SkipWhen(await IgnoresInterrupt(), "these tests were started with SIGINT ignored, and so is what they start");

        using Process process = Host.Start(words);
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(Token));
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(Token);
        }

        string output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.Equal(Interrupted, process.ExitCode);
        return output;
    }

    private static async Task<bool> IgnoresInterrupt()
    {
        const string Field = "SigIgn:";
        const ulong Interrupt = 1 << 1;
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        string[] lines = await File.ReadAllLinesAsync("/proc/self/status", Token);
        string set = Array.Find(lines, line => line.StartsWith(Field, StringComparison.Ordinal))![Field.Length..];
        return (Convert.ToUInt64(set.Trim(), 16) & Interrupt) != 0;
    }
}
