namespace MmapPS.Resources;

/// <content>What differs on Windows.</content>
internal static partial class Messages
{
    public static string WorkingSetLimit(string subject, long length, long minimum) =>
        Text(
            $"The {Bytes(length)} of {subject} cannot be locked: the minimum working set of this process is {Bytes(minimum)} and cannot "
            + $"be raised that far. Close other programs, or grant the user 'Increase a process working set' "
            + $"(SeIncreaseWorkingSetPrivilege).");

    public static string LargePagePrivilege(string subject) =>
        Text(
            $"{subject} cannot have huge pages: this process does not hold SeLockMemoryPrivilege. Grant the user 'Lock pages in "
            + $"memory' (secpol.msc, Local Policies, User Rights Assignment), log on again and run elevated.");

    public static string LargePageMemory(string subject, long length, long pageSize) =>
        Text(
            $"{subject} needs {Count(length / pageSize, "huge page")} of {Bytes(pageSize)}, and that much contiguous memory is not "
            + $"free. Close other programs, or restart the machine.");

    public static string CommitLimit(string subject, long length) =>
        Text(
            $"The {Bytes(length)} of {subject} cannot be mapped: the system's commit limit, memory and paging files together, is "
            + $"reached. Close other programs, or enlarge the paging file.");
}
