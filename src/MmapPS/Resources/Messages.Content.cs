namespace MmapPS.Resources;

/// <content>Patterns, changes, layouts and values.</content>
internal static partial class Messages
{
    public static string CaseNotSupported(string encoding) =>
        Text($"Case cannot be ignored in {encoding}: its small and capital letters differ in more than one bit. Search for both spellings as two patterns.");
}
