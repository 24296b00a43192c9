using System.Management.Automation;

namespace EngineHost.Specs.Assertions;

/// <summary>-BeTrue and -BeFalse: what an if statement would make of the value.</summary>
internal static class Truth
{
    public static Verdict Is(object? value, bool wanted)
    {
        string but = $"got {Display.Of(value)}.";
        return new Verdict(
            LanguagePrimitives.IsTrue(value) == wanted,
            new Complaint(Display.Of(wanted), but),
            new Complaint(Display.Of(!wanted), but));
    }
}
