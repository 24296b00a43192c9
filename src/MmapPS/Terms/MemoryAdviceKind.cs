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
        or MemoryAdvice.PageOut or MemoryAdvice.PopulateRead or MemoryAdvice.PopulateWrite or MemoryAdvice.Collapse;

    /// <summary>Whether an advice takes bytes away that are stored nowhere else.</summary>
    public static bool WouldLose(this MemoryAdvice advice, MapSharing sharing) => advice switch
    {
        MemoryAdvice.Free or MemoryAdvice.Remove => true,
        MemoryAdvice.DontNeed => sharing == MapSharing.Private,
        _ => false,
    };
}
