using System.Security.Cryptography;
using MmapPS.Bytes.Scanning;

namespace MmapPS.Bytes.Hashing;

/// <summary>MD5 and the SHA family, by the system's library where .NET uses it.</summary>
internal sealed class CryptographicDigest : IBlockDigest<byte[]>
{
    private readonly IncrementalHash _hash;

    /// <param name="algorithm">Its name in .NET.</param>
    /// <exception cref="CryptographicException">The system refuses the algorithm.</exception>
    public CryptographicDigest(string algorithm) => _hash = IncrementalHash.CreateHash(new HashAlgorithmName(algorithm));

    /// <inheritdoc/>
    public void Append(byte[] bytes, int start, int count) => _hash.AppendData(bytes, start, count);

    /// <inheritdoc/>
    public byte[] Finish() => _hash.GetHashAndReset();

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
