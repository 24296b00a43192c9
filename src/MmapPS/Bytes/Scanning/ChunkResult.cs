using System;

namespace MmapPS.Bytes.Scanning;

/// <summary>The result of the work on a chunk.</summary>
/// <param name="Value">The result.</param>
/// <param name="Items">Number of items in it; limits how far the work runs ahead of the consumer.</param>
/// <param name="Failure">The failure that ended the work, or null.</param>
/// <param name="HasValue">Whether there is a result; with a failure, it is the part before it.</param>
internal readonly record struct ChunkResult<T>(T Value, int Items = 0, Exception? Failure = null, bool HasValue = true);
