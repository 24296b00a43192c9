using System;

namespace MmapPS.Bytes.Scanning;

/// <summary>What work on a chunk brought.</summary>
/// <param name="Value">The result.</param>
/// <param name="Items">How many items it holds; bounds how far the work runs ahead of who takes the results.</param>
/// <param name="Failure">What ended the work, or null.</param>
/// <param name="HasValue">Whether there is a result; with a failure, it is what came before it.</param>
internal readonly record struct ChunkResult<T>(T Value, int Items = 0, Exception? Failure = null, bool HasValue = true);
