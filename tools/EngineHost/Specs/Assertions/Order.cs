using System.Globalization;
using System.Management.Automation;

namespace EngineHost.Specs.Assertions;

/// <summary>The four comparisons: -gt and -lt, and their opposites.</summary>
internal static class Order
{
    public static Verdict IsGreater(object? actual, object? expected) =>
        Judge(actual, expected, Compare(actual, expected) > 0, "greater than", "less than or equal to");

    public static Verdict IsLess(object? actual, object? expected) =>
        Judge(actual, expected, Compare(actual, expected) < 0, "less than", "greater than or equal to");

    private static int Compare(object? actual, object? expected) =>
        LanguagePrimitives.Compare(actual, expected, ignoreCase: true, CultureInfo.InvariantCulture);

    private static Verdict Judge(object? actual, object? expected, bool holds, string relation, string opposite)
    {
        string but = $"got {Display.Of(actual)}.";
        return new Verdict(
            holds,
            new Complaint($"the actual value to be {relation} {Display.Of(expected)}", but),
            new Complaint($"the actual value to be {opposite} {Display.Of(expected)}", but));
    }
}
