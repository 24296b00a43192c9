namespace MmapPS.Resources;

/// <content>What differs on macOS.</content>
internal static partial class Messages
{
    public static string WireLimit(string subject, long length, long? limit) => limit is long bytes
        ? Text(
            $"The {Bytes(length)} of {subject} cannot be locked: RLIMIT_MEMLOCK allows this process {Bytes(bytes)} of locked memory. "
            + $"Raise it with ulimit -l, and vm.user_wire_limit as root with sysctl.")
        : Text(
            $"The {Bytes(length)} of {subject} cannot be locked: vm.user_wire_limit or vm.global_user_wire_limit is reached. Raise "
            + $"them as root with sysctl.");

    public static string SecretMayBeDumped(string system) =>
        Text(
            $"-Secret memory is locked and will be overwritten, but {system} cannot leave it out of core dumps, and RLIMIT_CORE "
            + $"allows this process to be dumped. Forbid it with ulimit -c 0 before you start PowerShell.");
}
