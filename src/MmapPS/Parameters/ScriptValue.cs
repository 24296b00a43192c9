using System.Management.Automation;

namespace MmapPS.Parameters;

/// <summary>Values as scripts give them.</summary>
internal static class ScriptValue
{
    /// <summary>The value in a PSObject, or the value itself; bytes as an array, unless they are cut and so no value.</summary>
    public static object? Unwrap(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        HexBytes { IsCut: false } bytes => bytes.ToArray(),
        var plain => plain,
    };
}
