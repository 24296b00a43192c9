using System.Collections.Generic;
using System.Linq;

namespace EngineHost.Specs.Assertions;

/// <summary>-Be and -BeExactly: -eq and -ceq, item by item.</summary>
internal static class Equality
{
    public static Verdict Compare(object?[] actual, object? expected, bool exactly)
    {
        object? got = actual.Length == 1 ? actual[0] : actual;
        bool same = AreEqual(actual, Collections.ItemsOf(expected), exactly);
        return new Verdict(
            same,
            Difference(got, expected, exactly),
            new Complaint($"{Display.Of(expected)} to be different from the actual value", "got the same value."));
    }

    private static bool AreEqual(IReadOnlyList<object?> left, IReadOnlyList<object?> right, bool exactly)
    {
        if (IsNothing(left) || IsNothing(right))
        {
            return IsNothing(left) && IsNothing(right);
        }

        return left.Count == right.Count && left.Zip(right).All(pair => ItemsEqual(pair.First, pair.Second, exactly));
    }

    // As Pester has it, the expected value stands to the left of the operator, so the actual one is converted.
    private static bool ItemsEqual(object? left, object? right, bool exactly) =>
        Collections.IsCollection(left) || Collections.IsCollection(right)
            ? AreEqual(Collections.ItemsOf(left), Collections.ItemsOf(right), exactly)
            : Collections.AreSame(left: right, right: left, exactly);

    // To -Be, no items, one $null and $null itself are the same nothing.
    private static bool IsNothing(IReadOnlyList<object?> items) =>
        items.Count == 0 || (items.Count == 1 && Collections.Bare(items[0]) is null);

    private static Complaint Difference(object? actual, object? expected, bool exactly)
    {
        var plain = new Complaint(Display.Of(expected), $"got {Display.Of(actual)}.");
        if (Collections.Bare(actual) is string gotText && Collections.Bare(expected) is string wantedText)
        {
            int index = gotText.Zip(wantedText)
                .TakeWhile(pair => ItemsEqual(pair.First.ToString(), pair.Second.ToString(), exactly))
                .Count();
            return plain with { But = $"{plain.But}\nLengths {wantedText.Length} and {gotText.Length}; they differ at index {index}." };
        }

        if (Collections.IsCollection(actual) && Collections.IsCollection(expected))
        {
            IReadOnlyList<object?> got = Collections.ItemsOf(actual), wanted = Collections.ItemsOf(expected);
            int index = got.Zip(wanted).TakeWhile(pair => ItemsEqual(pair.First, pair.Second, exactly)).Count();
            return plain with { But = $"{plain.But}\nLengths {wanted.Count} and {got.Count}; they differ at index {index}." };
        }

        return plain;
    }
}
