using System;
using System.Collections.Generic;
using System.Reflection;

namespace EngineHost;

/// <summary>Lets scripts make runspaces of their own, as by [powershell]::Create(). Such a runspace imports all assemblies that
/// pwsh brings its cmdlets in, and fails where one is missing; the engine's package has none of them.</summary>
internal static class SnapInStandIn
{
    private static readonly HashSet<string> Missing =
    [
        "Microsoft.PowerShell.ConsoleHost",
        "Microsoft.PowerShell.Commands.Diagnostics",
        "Microsoft.PowerShell.Commands.Management",
        "Microsoft.PowerShell.Commands.Utility",
        "Microsoft.PowerShell.Security",
        "Microsoft.WSMan.Management",
    ];

    public static void Register() => AppDomain.CurrentDomain.AssemblyResolve += Resolve;

    // Any assembly without cmdlets will do: the engine looks for cmdlets in it and for nothing else.
    private static Assembly? Resolve(object? sender, ResolveEventArgs request) =>
        Missing.Contains(new AssemblyName(request.Name).Name!) ? typeof(Console).Assembly : null;
}
