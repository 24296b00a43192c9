namespace MmapPS;

/// <summary>Whether this system supports an advice.</summary>
public sealed class MemoryAdviceSupport
{
    internal MemoryAdviceSupport(MemoryAdvice advice, bool supported)
    {
        Advice = advice;
        Supported = supported;
    }

    /// <summary>The advice.</summary>
    public MemoryAdvice Advice { get; }

    /// <summary>Whether the system accepted it in a test; it may still not apply to a certain kind of region.</summary>
    public bool Supported { get; }
}
