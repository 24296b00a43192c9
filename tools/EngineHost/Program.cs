using System;
using System.IO;
using System.Linq;
using EngineHost.Specs;

namespace EngineHost;

internal static class Program
{
    private const int UsageError = 2;

    private static int Main(string[] args)
    {
        try
        {
            HostOptions options = HostOptions.Parse(args);
            TellChildren(options);
            SnapInStandIn.Register();
            return options.Specs.Count > 0 ? new SpecRunner(options).Run() : ScriptRunner.Run(options);
        }
        catch (UsageException wrong)
        {
            Console.Error.WriteLine($"EngineHost: {wrong.Message}");
            Console.Error.WriteLine(HostOptions.Usage);
            return UsageError;
        }
    }

    // Specs start other processes; these variables say with which program and module, unless the caller did.
    private static void TellChildren(HostOptions options)
    {
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "EngineHost.exe" : "EngineHost");
        SetUnlessSet("MMAPPS_HOST", program);
        SetUnlessSet("MMAPPS_MODULE", options.Modules.FirstOrDefault());
    }

    private static void SetUnlessSet(string variable, string? value)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
        {
            Environment.SetEnvironmentVariable(variable, value);
        }
    }
}
