using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace MmapPS.Runner;

/// <summary>Starts the EngineHost that was built with these tests, everything redirected.</summary>
internal static class Host
{
    private static readonly DirectoryInfo Here = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>The program: both projects build into sibling folders of one name for each configuration.</summary>
    public static string Program { get; } = Path.GetFullPath(Path.Combine(
        Here.FullName, "..", "..", "EngineHost", Here.Name, OperatingSystem.IsWindows() ? "EngineHost.exe" : "EngineHost"));

    public static string Fixture(string name) => Path.Combine(Here.FullName, "Fixtures", name);

    public static Process Start(params string[] words)
    {
        var start = new ProcessStartInfo(Program, words)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The host is to find out by itself what it tells its children.
        start.Environment.Remove("MMAPPS_HOST");
        start.Environment.Remove("MMAPPS_MODULE");
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public static async Task<HostResult> Run(params string[] words)
    {
        using Process process = Start(words);

        // Both at once: a full pipe that nobody reads would stop the program.
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errorOutput = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new HostResult(process.ExitCode, await output, await errorOutput);
    }

    public static Task<HostResult> RunCommand(string text) => Run("-NoProfile", "-NonInteractive", "-Command", text);

    public static Task<HostResult> RunSpec(string name, params string[] more) => Run(["-Spec", Fixture(name + ".Spec.ps1"), .. more]);
}
