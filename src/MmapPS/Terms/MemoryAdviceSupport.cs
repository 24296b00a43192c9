namespace MmapPS;

/// <summary>Whether this system knows an advice.</summary>
public sealed class MemoryAdviceSupport
{
    internal MemoryAdviceSupport(MemoryAdvice advice, bool supported)
    {
        Advice = advice;
        Supported = supported;
    }

    /// <summary>The advice.</summary>
    public MemoryAdvice Advice { get; }

    /// <summary>Whether the system took it when it was asked; a certain region may be of a kind that it does not fit.</summary>
    public bool Supported { get; }
}
