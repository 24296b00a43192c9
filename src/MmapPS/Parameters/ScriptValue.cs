using System.Management.Automation;

namespace MmapPS.Parameters;

/// <summary>Values as scripts give them.</summary>
internal static class ScriptValue
{
    /// <summary>The value in a PSObject, or the value itself.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
