using System;
using System.Linq;
using CsCheck;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Searching;
using Xunit;

namespace MmapPS.Unit.Bytes;

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

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("iso-8859-1")]
    public void Ignoring_case_matches_both_cases_of_ASCII_letters_and_nothing_else(string name)
    {
        var encoding = System.Text.Encoding.GetEncoding(name);
        Gen.Select(Gen.OneOf("aZ@`[{é0 AzÄ".ToCharArray()).Array[1, 6], Gen.OneOf("aZ@`[{é0 AzÄ".ToCharArray()).Array[6])
            .Sample((text, other) =>
        {
            BytePattern pattern = BytePattern.FromText(new string(text), encoding, ignoreCase: true);
            Assert.True(pattern.Matches(encoding.GetBytes(new string(text).Select(Toggle).ToArray())));
            char[] candidate = text.Select((letter, i) => i % 2 == 0 ? letter : other[i]).ToArray();
            bool expected = candidate.Select(Lower).SequenceEqual(text.Select(Lower));
            Assert.Equal(expected, pattern.Matches(encoding.GetBytes(candidate)));
        });
    }

    [Fact]
    public void A_wide_character_with_a_letter_among_its_bytes_is_no_letter() =>
        Assert.True(BytePattern.FromText("\u4142", System.Text.Encoding.Unicode, ignoreCase: true).IsExact);

    [Fact]
    public void Bytes_that_are_letters_ignore_case_and_wildcards_stay() =>
        Assert.Equal("f0 0f 00 ff df", HexText.Format(BytePattern.Parse("4? ?1 ?? 40 5a").IgnoringCase().Mask));

    [Fact]
    public void The_rarest_bytes_are_chosen_and_a_wildcard_never()
    {
        Assert.Equal((3, 1), BytePattern.Parse("00 41 ?? 9f 20").FindRarest(ByteFrequency.Typical));
        Assert.Equal((1, 1), BytePattern.Parse("?? 00 ??").FindRarest(ByteFrequency.Typical));
        Assert.Equal((0, 0), BytePattern.Parse("?? ??").FindRarest(ByteFrequency.Typical));
    }

    [Fact]
    public void What_is_rare_in_a_sample_counts_more_than_what_is_typical()
    {
        BytePattern pattern = BytePattern.FromBytes("place-to-edit"u8.ToArray());
        Assert.Equal((5, 8), pattern.FindRarest(ByteFrequency.Typical));
        Assert.Equal((0, 3), pattern.FindRarest(ByteFrequency.In("2024-05-17 08:15 --------------"u8)));
    }

    private static char Toggle(char letter) => char.IsAsciiLetter(letter) ? (char)(letter ^ 0x20) : letter;

    private static char Lower(char letter) => char.IsAsciiLetterUpper(letter) ? (char)(letter | 0x20) : letter;
}
