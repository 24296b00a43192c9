using System.Globalization;

namespace MmapPS.Resources;

/// <summary>
/// All text for users, one method each, so that the compiler checks every argument. A message has the numbers that
/// matter and says what to do next.
/// </summary>
internal static partial class Messages
{
    public static string QuestionUnanswered() =>
        "Standard input has ended, so this question cannot be answered. Add -Confirm:$false to go on without a question.";

    public static string ProgressStatus(long done, long total, double bytesPerSecond) =>
        Text($"{Size(done)} of {Size(total)}, {Size((long)bytesPerSecond)}/s");

    /// <summary>A size in bytes, rounded for people.</summary>
    public static string Size(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return unit == 0 ? Text($"{bytes} B") : Text($"{value:0.0} {units[unit]}");
    }

    /// <summary>The same, followed by the exact number.</summary>
    public static string SizeInFull(long bytes) => bytes is > -1024 and < 1024 ? Size(bytes) : Text($"{Size(bytes)} ({Bytes(bytes)})");

    private static string FileKind(string type) => type switch
    {
        "CharacterDevice" => "character device",
        "BlockDevice" => "block device",
        _ => type.ToLowerInvariant(),
    };

    private static string Progress(long done, long wanted, bool writing) =>
        Text($"{done} of {Bytes(wanted)} {Was(wanted == 1 ? 1 : done)} {(writing ? "written" : "read")} before it.");

    private static string Bytes(decimal number) => Count(number, "byte");

    /// <summary>A number and its noun: "1 page", "2 pages".</summary>
    private static string Count(decimal number, string noun) => Text($"{number} {noun}{(number == 1 ? string.Empty : "s")}");

    private static string Was(long number) => number == 1 ? "was" : "were";

    private static string Shorten(string text) => text.Length <= 60 ? text : text.Substring(0, 57) + "...";

    private static string Invariant(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(InvariantText text) => text.ToString();
}
