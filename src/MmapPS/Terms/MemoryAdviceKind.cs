namespace MmapPS.Terms;

/// <summary>What kinds of advice there are.</summary>
internal static class MemoryAdviceKind
{
    /// <summary>
    /// Whether following an advice is work on each page. All other advice is about the mapping as such, which is quick, and
    /// cuts it where it does not hold for all of it.
    /// </summary>
    public static bool WorksOnPages(this MemoryAdvice advice) => advice is
        MemoryAdvice.WillNeed or MemoryAdvice.DontNeed or MemoryAdvice.Free or MemoryAdvice.Remove or MemoryAdvice.Cold
        or MemoryAdvice.PageOut or MemoryAdvice.PopulateRead or MemoryAdvice.PopulateWrite or MemoryAdvice.Collapse
        or MemoryAdvice.GuardInstall or MemoryAdvice.GuardRemove or MemoryAdvice.DontNeedLocked;

    /// <summary>Whether memory that may be touched directly may still be so afterwards. Only what is listed here allows it.</summary>
    public static bool KeepsTouchable(this MemoryAdvice advice) => advice is
        MemoryAdvice.Normal or MemoryAdvice.Random or MemoryAdvice.Sequential or MemoryAdvice.WillNeed or MemoryAdvice.DontNeed
        or MemoryAdvice.Free or MemoryAdvice.Remove or MemoryAdvice.Cold or MemoryAdvice.PageOut or MemoryAdvice.PopulateRead
        or MemoryAdvice.PopulateWrite or MemoryAdvice.HugePage or MemoryAdvice.NoHugePage or MemoryAdvice.Collapse
        or MemoryAdvice.Mergeable or MemoryAdvice.Unmergeable or MemoryAdvice.DontDump or MemoryAdvice.DoDump or MemoryAdvice.DontFork
        or MemoryAdvice.DoFork or MemoryAdvice.WipeOnFork or MemoryAdvice.KeepOnFork or MemoryAdvice.DontNeedLocked;

    /// <summary>Whether an advice is about whole pages within a range only, because what lies beside it must stay as it is.</summary>
    public static bool StaysWithin(this MemoryAdvice advice, MapSharing sharing) =>
        advice == MemoryAdvice.GuardInstall || advice.WouldLose(sharing);

    /// <summary>Whether an advice takes bytes away that are stored nowhere else.</summary>
    public static bool WouldLose(this MemoryAdvice advice, MapSharing sharing) => advice switch
    {
        MemoryAdvice.Free or MemoryAdvice.Remove => true,
        MemoryAdvice.DontNeed or MemoryAdvice.DontNeedLocked or MemoryAdvice.GuardInstall => sharing == MapSharing.Private,
        _ => false,
    };
}
