namespace MmapPS.Resources;

/// <content>Texts about what a system other than Linux cannot do.</content>
internal static partial class Messages
{
    public static string FixedNotResizable(string subject, string system) =>
        Text($"{subject} was mapped with -Fixed and cannot grow at its address on {system}. Map it without -Fixed, or longer.");

    public static string PrivateNotResizable(string subject, string system) =>
        Text($"{subject} is mapped with -Sharing Private, and {system} cannot give such a mapping another length without losing its changes. Map it again with another -Length.");

    public static string LockOnFaultUnknown(string system) =>
        Text($"{system} cannot lock pages as they are used. Leave -OnFault out to lock all of them now.");

    public static string TruncateMapped(string subject, string system) =>
        Text($"The file of {subject} cannot be cut off: {system} shortens no file that is mapped. Remove its regions and shorten it then.");
}
