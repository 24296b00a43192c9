namespace MmapPS.Bytes.Scanning;

/// <summary>A block of a range, and what was found out about it.</summary>
/// <param name="Offset">Offset of its first byte.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Value">The result.</param>
internal readonly record struct Block<T>(long Offset, long Length, T Value);
