using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using MmapPS.Bytes.Hashing;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;
using MmapPS.Unit.Bytes.Support;
using Xunit;

namespace MmapPS.Unit.Bytes.Hashing;

public class RangeHasherTests
{
    [Fact]
    public void Blocks_have_the_hashes_that_dotnet_gives_for_each() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[1, 400], Gen.OneOf<string>("MD5", "SHA1", "SHA256", "SHA384", "SHA512"), TestScan.Settings)
            .Sample((data, size, algorithm, settings) => Assert.Equal(
                data.Chunk(size).Select(block => Convert.ToHexString(CryptographicOperations.HashData(new HashAlgorithmName(algorithm), block))),
                Hash(data, size, algorithm, settings)));

    [Fact]
    public void Crc32_is_the_remainder_of_division_bit_by_bit() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[1, 400], TestScan.Settings).Sample((data, size, settings) => Assert.Equal(
            data.Chunk(size).Select(block => NaiveCrc(block).ToString("X8", null)), Hash(data, size, HashName.Crc32, settings)));

    // The check value of CRC-32/ISO-HDLC; the others from the specification of XXH3 and its reference program.
    [Theory]
    [InlineData(HashName.Crc32, "123456789", "CBF43926")]
    [InlineData(HashName.Crc32, "", "00000000")]
    [InlineData(HashName.XxHash3, "", "2D06800538D394C2")]
    [InlineData(HashName.Md5, "", "D41D8CD98F00B204E9800998ECF8427E")]
    public void Known_values_are_found(string algorithm, string text, string expected) =>
        Assert.Equal([expected], Hash(Encoding.ASCII.GetBytes(text), null, algorithm, TestScan.With(4)));

    [Fact]
    public void XxHash3_of_parts_is_that_of_the_whole() =>
        Gen.Select(Gen.Byte.Array[0, 1000], TestScan.Settings).Sample((data, settings) => Assert.Equal(
            [System.IO.Hashing.XxHash3.HashToUInt64(data).ToString("X16", null)], Hash(data, null, HashName.XxHash3, settings)));

    [Fact]
    public void An_algorithm_that_the_system_refuses_is_not_supported()
    {
        MappingException problem = Assert.Throws<MappingException>(() => Hash([1], null, "NoSuchHash", TestScan.With(4)));
        Assert.Equal(MappingError.NotSupported, problem.Error);
        Assert.StartsWith("NoSuchHash cannot be computed here: ", problem.Message, StringComparison.Ordinal);
    }

    private static string[] Hash(byte[] data, long? size, string algorithm, ScanSettings settings) =>
        [.. RangeHasher.Hash(new SourceRange(new ArraySource(data), 0, data.Length), size, algorithm, settings)
            .Select(block => Convert.ToHexString(block.Value))];

    private static uint NaiveCrc(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
