namespace MmapPS.Terms;

/// <summary>Properties of each advice.</summary>
internal static class MemoryAdviceKind
{
    /// <summary>
    /// Whether the advice is work on each page. All other advice only changes the mapping, which is quick, and
    /// splits it if it applies to a part.
    /// </summary>
    public static bool WorksOnPages(this MemoryAdvice advice) => advice is
        MemoryAdvice.WillNeed or MemoryAdvice.DontNeed or MemoryAdvice.Free or MemoryAdvice.Remove or MemoryAdvice.Cold
        or MemoryAdvice.PageOut or MemoryAdvice.PopulateRead or MemoryAdvice.PopulateWrite or MemoryAdvice.Collapse
        or MemoryAdvice.GuardInstall or MemoryAdvice.GuardRemove or MemoryAdvice.DontNeedLocked;

    /// <summary>Whether memory with direct access may keep it after the advice. An allow-list.</summary>
    public static bool KeepsTouchable(this MemoryAdvice advice) => advice is
        MemoryAdvice.Normal or MemoryAdvice.Random or MemoryAdvice.Sequential or MemoryAdvice.WillNeed or MemoryAdvice.DontNeed
        or MemoryAdvice.Free or MemoryAdvice.Remove or MemoryAdvice.Cold or MemoryAdvice.PageOut or MemoryAdvice.PopulateRead
        or MemoryAdvice.PopulateWrite or MemoryAdvice.HugePage or MemoryAdvice.NoHugePage or MemoryAdvice.Collapse
        or MemoryAdvice.Mergeable or MemoryAdvice.Unmergeable or MemoryAdvice.DontDump or MemoryAdvice.DoDump or MemoryAdvice.DontFork
        or MemoryAdvice.DoFork or MemoryAdvice.WipeOnFork or MemoryAdvice.KeepOnFork or MemoryAdvice.DontNeedLocked;

    /// <summary>Whether the advice applies only to whole pages within a range, because the bytes beside it must not change.</summary>
    public static bool StaysWithin(this MemoryAdvice advice, MapSharing sharing) =>
        advice == MemoryAdvice.GuardInstall || advice.WouldLose(sharing);

    /// <summary>Whether the advice discards bytes that are stored nowhere else.</summary>
    public static bool WouldLose(this MemoryAdvice advice, MapSharing sharing) => advice switch
    {
        MemoryAdvice.Free or MemoryAdvice.Remove => true,
        MemoryAdvice.DontNeed or MemoryAdvice.DontNeedLocked or MemoryAdvice.GuardInstall => sharing == MapSharing.Private,
        _ => false,
    };
}
