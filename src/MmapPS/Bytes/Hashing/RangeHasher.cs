using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;
using MmapPS.Resources;

namespace MmapPS.Bytes.Hashing;

/// <summary>Hashes a range, or each block of it.</summary>
internal static class RangeHasher
{
    /// <summary>The hashes in order, each as soon as it is known; several blocks on several threads.</summary>
    /// <param name="range">The range.</param>
    /// <param name="blockSize">Bytes of a block, 1 or more; the last one may be shorter. Null: one hash of the whole range.</param>
    /// <param name="algorithm">One of <see cref="HashName"/>.</param>
    /// <param name="settings">Settings of the work.</param>
    /// <exception cref="MappingException">The source failed; NotSupported: this system refuses the algorithm.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static IEnumerable<Block<byte[]>> Hash(SourceRange range, long? blockSize, string algorithm, ScanSettings settings) =>
        BlockScan.Read(range, blockSize, settings, () => CreateDigest(algorithm));

    private static IBlockDigest<byte[]> CreateDigest(string algorithm)
    {
        try
        {
            return algorithm switch
            {
                HashName.Crc32 => CreateCrc32(),
                HashName.XxHash3 => CreateXxHash3(),
                _ => new CryptographicDigest(algorithm),
            };
        }
        catch (Exception exception) when (exception is CryptographicException or TargetInvocationException or InvalidOperationException
            or FileLoadException or FileNotFoundException)
        {
            throw new MappingException(MappingError.NotSupported, Messages.HashRefused(algorithm, exception.Message), exception);
        }
    }

    // Methods of their own: the assembly of these algorithms is loaded with the first one, and an error of that is caught above.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ChecksumDigest CreateCrc32() => ChecksumDigest.Crc32();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ChecksumDigest CreateXxHash3() => ChecksumDigest.XxHash3();
}
