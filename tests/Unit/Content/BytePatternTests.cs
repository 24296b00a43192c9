using System;
using System.Linq;
using CsCheck;
using MmapPS.Content;
using Xunit;

namespace MmapPS.Unit.Content;

public class BytePatternTests
{
    private static readonly string[] Separators = [" ", "", "-", ":", ", ", "  \t", "_"];

    [Fact]
    public void What_is_formatted_is_parsed_back() =>
        Gen.Select(Gen.Byte.Array[1, 16], Gen.Int[0, Separators.Length - 1]).Sample((bytes, which) =>
        {
            string separator = Separators[which];
            string text = string.Join(separator, bytes.Select(value => value.ToString("X2")));
            BytePattern pattern = BytePattern.Parse(text);
            Assert.Equal(bytes, pattern.Bytes);
            Assert.True(pattern.IsExact);
            Assert.Equal(string.Join(" ", bytes.Select(value => value.ToString("x2"))), pattern.ToString());
        });

    [Fact]
    public void A_wildcard_digit_matches_any_and_no_other_does() =>
        Gen.Select(Gen.Byte.Array[1, 12], Gen.Byte.Array[12], Gen.Int[0, 3].Array[12]).Sample((bytes, others, wild) =>
        {
            string text = string.Join(" ", bytes.Select((value, i) => wild[i] switch
            {
                0 => "??",
                1 => "?" + value.ToString("x2")[1],
                2 => value.ToString("x2")[0] + "?",
                _ => value.ToString("x2"),
            }));
            byte[] candidate = bytes.Select((value, i) => i % 2 == 0 ? value : others[i]).ToArray();
            bool expected = candidate.Select((value, i) => wild[i] switch
            {
                0 => true,
                1 => (value & 0x0F) == (bytes[i] & 0x0F),
                2 => (value & 0xF0) == (bytes[i] & 0xF0),
                _ => value == bytes[i],
            }).All(same => same);
            BytePattern pattern = BytePattern.Parse(text);
            Assert.Equal(expected, pattern.Matches(candidate));
            Assert.Equal(text, pattern.ToString());
            Assert.False(pattern.Matches(candidate.Append((byte)0).ToArray()));
        });

    [Theory]
    [InlineData("0xDEADbeef", "deadbeef")]
    [InlineData("0x0d 0x0a", "0d0a")]
    [InlineData("00", "00")]
    public void Prefixes_are_allowed(string text, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(BytePattern.Parse(text).Bytes).ToLowerInvariant());

    [Theory]
    [InlineData("g0", MappingError.InvalidHex)]
    [InlineData("0", MappingError.InvalidHex)]
    [InlineData("d e", MappingError.InvalidHex)]
    [InlineData("abc", MappingError.InvalidHex)]
    [InlineData("0x", MappingError.InvalidHex)]
    [InlineData("aé", MappingError.InvalidHex)]
    [InlineData("", MappingError.PatternEmpty)]
    [InlineData("  - ", MappingError.PatternEmpty)]
    public void Anything_else_is_refused(string text, MappingError error) =>
        Assert.Equal(error, Assert.ThrowsAny<MappingException>(() => BytePattern.Parse(text)).Error);
}
