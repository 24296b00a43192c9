using System.Collections;
using System.Management.Automation;

namespace EngineHost.Specs.Assertions;

/// <summary>What a collection has in it: -Contain, -BeIn, -HaveCount and -BeNullOrEmpty.</summary>
internal static class Membership
{
    public static Verdict Contains(object?[] items, object? expected) => new(
        Collections.Contains(items, expected),
        new Complaint($"{Display.Of(expected)} to be found in collection {Display.Of(items)}", "it was not found."),
        new Complaint($"{Display.Of(expected)} to not be found in collection {Display.Of(items)}", "it was found."));

    public static Verdict IsIn(object? value, object? collection) => new(
        Collections.Contains(Collections.ItemsOf(collection), value),
        new Complaint($"collection {Display.Of(collection)} to contain {Display.Of(value)}", "it was not found."),
        new Complaint($"collection {Display.Of(collection)} to not contain {Display.Of(value)}", "it was found."));

    public static Verdict HasCount(object?[] items, int expected) => new(
        items.Length == expected,
        new Complaint($"a collection with size {expected}", $"got collection with size {items.Length} {Display.Of(items)}."),
        new Complaint($"a collection with size different from {expected}", $"got collection with that size {Display.Of(items)}."));

    public static Verdict IsNullOrEmpty(object?[] items)
    {
        object? shown = items.Length == 1 ? items[0] : items;
        return new Verdict(
            items.Length == 0 || (items.Length == 1 && IsEmpty(Collections.Bare(items[0]))),
            new Complaint("$null or empty", $"got {Display.Of(shown)}."),
            new Complaint("a value", "got $null or empty."));
    }

    private static bool IsEmpty(object? item) =>
        item is Hashtable table ? table.Count == 0 : string.IsNullOrEmpty(LanguagePrimitives.ConvertTo<string>(item));
}
