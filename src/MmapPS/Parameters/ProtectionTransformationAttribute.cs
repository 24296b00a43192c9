using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Parameters;

/// <summary>
/// Lets -Protection also take the names of .NET and Windows: ReadOnly, ReadWrite, ReadExecute, ReadWriteExecute, and values of
/// FileAccess and MemoryMappedFileAccess. CopyOnWrite belongs to -Sharing; the error says so.
/// </summary>
internal sealed class ProtectionTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly Dictionary<string, string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ReadOnly"] = "Read",
        ["ReadWrite"] = "Read,Write",
        ["ReadExecute"] = "Read,Execute",
        ["ReadWriteExecute"] = "Read,Write,Execute",
    };

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => ScriptValue.Unwrap(inputData) switch
    {
        MemoryProtection protection => protection,
        string or Enum => Translate(new[] { inputData }),
        IList { Count: > 0 } items when items.Cast<object?>().All(item => ScriptValue.Unwrap(item) is string or Enum) => Translate(items),
        _ => inputData,
    };

    // PowerShell converts comma-separated names to flags, and lists the valid names if one is wrong.
    private static string Translate(IList items) => string.Join(",", items.Cast<object>()
        .SelectMany(item => item.ToString()!.Split(','))
        .Select(name => s_names.TryGetValue(name.Trim(), out string? meant) ? meant : name.Trim())
        .Select(name => name.Equals("CopyOnWrite", StringComparison.OrdinalIgnoreCase)
            ? throw new ArgumentTransformationMetadataException(Messages.CopyOnWrite())
            : name));
}
