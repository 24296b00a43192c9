using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace EngineHost.Specs.Assertions;

/// <summary>What PowerShell takes for a collection.</summary>
internal static class Collections
{
    public static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    public static bool IsCollection(object? value) => LanguagePrimitives.GetEnumerable(value) is not null;

    /// <summary>The items as @() gives them: those of a collection, or the value as the only one.</summary>
    public static IReadOnlyList<object?> ItemsOf(object? value) =>
        LanguagePrimitives.GetEnumerable(value) is IEnumerable items ? [.. items.Cast<object?>()] : [value];

    /// <summary>Whether -contains finds the value among the items.</summary>
    public static bool Contains(IEnumerable<object?> items, object? value) => items.Any(item => AreSame(item, value, exactly: false));

    /// <summary>-eq or -ceq of two single values; the right one is converted to the type of the left.</summary>
    public static bool AreSame(object? left, object? right, bool exactly) =>
        LanguagePrimitives.Equals(left, right, ignoreCase: !exactly, CultureInfo.InvariantCulture);
}
