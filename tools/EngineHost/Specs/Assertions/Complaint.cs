using System.Text.RegularExpressions;

namespace EngineHost.Specs.Assertions;

/// <summary>The two halves of a failure's sentence.</summary>
internal sealed partial record Complaint(string Expected, string But)
{
    public string Because(string? reason)
    {
        string why = string.IsNullOrWhiteSpace(reason) ? string.Empty : $" because {Redundant().Replace(reason.Trim(), string.Empty)},";
        return $"Expected {Expected},{why} but {But}";
    }

    [GeneratedRegex(@"^because\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Redundant();
}
