namespace MmapPS.Resources;

/// <content>Mappings of other processes.</content>
internal static partial class Messages
{
    public static string ProcessUnknown(int id) =>
        Text($"There is no process {id}. Check the number; the process may have ended.");

    public static string ProcessNone() =>
        "This process object has no process: it was closed, or never started. Give a number with -ProcessId.";

    public static string ProcessDenied(int id) =>
        Text(
            $"The mappings of process {id} are not shown to this user. Run as its user or as root. A container or ptrace_scope may "
            + $"hide them too.");

    public static string ProcessSizesMissing(int id) =>
        Text(
            $"This kernel does not report the sizes of the mappings of process {id}: it was built without CONFIG_PROC_PAGE_MONITOR. "
            + $"pmap shows their addresses.");

    public static string ProcessDeniedOnWindows(int id) =>
        Text(
            $"The mappings of process {id} are not shown to this user. Run as its user or as administrator; Windows protects some of "
            + $"its own processes from both.");

    public static string ProcessName(int id) => Text($"process {id}");
}
