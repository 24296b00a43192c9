using System;

namespace MmapPS.Bytes.Scanning;

/// <summary>Makes the result of a block from its bytes; used for one block after the other, by one thread at a time.</summary>
internal interface IBlockDigest<T> : IDisposable
{
    /// <summary>Takes the next bytes of the block.</summary>
    /// <param name="bytes">Holds them.</param>
    /// <param name="start">Index of the first of them.</param>
    /// <param name="count">Their number.</param>
    void Append(byte[] bytes, int start, int count);

    /// <summary>The result of the bytes since the last one; then a new block begins.</summary>
    T Finish();
}
