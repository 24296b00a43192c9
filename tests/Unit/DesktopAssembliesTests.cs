using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace MmapPS.Unit;

/// <summary>
/// Windows PowerShell 5.1 cannot run here, but its references can be read. .NET Framework needs an assembly with a
/// strong name in exactly the referenced version.
/// </summary>
public class DesktopAssembliesTests
{
    // .NET Framework 4.7.2 and PowerShell itself have these.
    private static readonly string[] Present =
        ["mscorlib", "netstandard", "System", "System.Core", "System.Numerics", "System.Management.Automation"];

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Desktop");

    // What no PowerShell has.
    private static readonly string Beside = Path.Combine(AppContext.BaseDirectory, "Beside");

    [Fact]
    public void Everything_that_Windows_PowerShell_lacks_lies_beside_the_module_in_its_version()
    {
        string[] shipped = [.. Directory.GetFiles(Folder, "*.dll"), .. Directory.GetFiles(Beside, "*.dll")];
        List<string> wanted = [.. shipped
            .Append(typeof(MappedRegion).Assembly.Location)
            .SelectMany(References)
            .Where(name => !Present.Contains(name.Split(' ')[0]))
            .Distinct()
            .Order()];
        Assert.Equal(wanted, shipped.Select(Identity).Where(wanted.Contains).Order());
        Assert.NotEmpty(wanted);
    }

    [Fact]
    public void Only_what_is_needed_is_shipped() =>
        Assert.Equal(
            ["System.Buffers.dll", "System.Memory.dll", "System.Numerics.Vectors.dll", "System.Runtime.CompilerServices.Unsafe.dll"],
            Directory.GetFiles(Folder).Select(Path.GetFileName).Order());

    [Fact]
    public void Only_what_no_PowerShell_has_lies_beside_the_module_for_both_editions() =>
        Assert.Equal(["System.IO.Hashing.dll"], Directory.GetFiles(Beside).Select(Path.GetFileName));

    private static List<string> References(string path) => Read(path, metadata =>
        metadata.AssemblyReferences
            .Select(metadata.GetAssemblyReference)
            .Select(reference => $"{metadata.GetString(reference.Name)} {reference.Version}")
            .ToList());

    private static string Identity(string path) => Read(path, metadata =>
        $"{metadata.GetString(metadata.GetAssemblyDefinition().Name)} {metadata.GetAssemblyDefinition().Version}");

    private static T Read<T>(string path, Func<MetadataReader, T> read)
    {
        using var file = new PEReader(File.OpenRead(path));
        return read(file.GetMetadataReader());
    }
}
