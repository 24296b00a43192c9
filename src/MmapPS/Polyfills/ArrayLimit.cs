namespace MmapPS.Polyfills;

/// <summary>Array.MaxLength, which netstandard2.0 lacks.</summary>
internal static class ArrayLimit
{
    /// <summary>Elements of the longest array of bytes.</summary>
    public const int MaxLength = 0x7FFFFFC7;
}
