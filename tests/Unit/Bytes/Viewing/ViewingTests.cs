using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Searching;
using MmapPS.Bytes.Sources;
using MmapPS.Bytes.Viewing;
using MmapPS.Unit.Bytes.Support;
using Xunit;

namespace MmapPS.Unit.Bytes.Viewing;

public class ViewingTests
{
    private static readonly int[] s_places = [6, 2, 4];

    [Fact]
    public void Context_ends_where_the_range_does() =>
        Gen.Select(Gen.Byte.Array[1, 50], Gen.Int[0, 49], Gen.Int[1, 50], Gen.Int[0, 60], Gen.Int[0, 60])
            .Sample((data, at, length, before, after) =>
        {
            at %= data.Length;
            length = Math.Min(length, data.Length - at);
            ContextBytes context = ContextReader.Read(Whole(data), new ByteMatch(at, length, 0), before, after);
            int start = Math.Max(0, at - before);
            int end = Math.Min(data.Length, at + length + after);
            Assert.Equal(start, context.Offset);
            Assert.Equal(data[start..end], context.Bytes);
        });

    [Fact]
    public void Context_ends_at_a_bad_byte()
    {
        var source = new ArraySource("0123456789"u8.ToArray()) { FaultAt = 6 };
        ContextBytes context = ContextReader.Read(new SourceRange(source, 0, 10), new ByteMatch(3, 2, 0), 2, 5);
        Assert.Equal("12345"u8.ToArray(), context.Bytes);
        Assert.Throws<PageFaultException>(() => ContextReader.Read(new SourceRange(source, 0, 10), new ByteMatch(5, 2, 0), 2, 5));
    }

    [Fact]
    public void Lines_and_their_numbers_are_those_of_the_text() =>
        Gen.Select(Gen.OneOf("a", "bb", "", "x", "x\r").Array[1, 30], Gen.Bool, TestScan.Settings).Sample((lines, wide, settings) =>
        {
            Encoding encoding = wide ? Encoding.Unicode : Encoding.UTF8;
            byte[] data = encoding.GetBytes(string.Join("\n", lines));
            SourceRange range = Whole(data);
            var reader = new LineReader(range, encoding, 1000);
            var searcher = new ByteSearcher([BytePattern.FromText("x", encoding)]);
            IEnumerable<(string, long)> found = searcher.Find(range, settings)
                .Select(match => (encoding.GetString(reader.Read(match).Bytes), reader.NumberOf(match.Offset, settings)));
            IEnumerable<(string, long)> expected = lines
                .Select((line, i) => (Line: line, Number: i + 1L))
                .Where(line => line.Line.StartsWith('x'))
                .Select(line => (line.Line.TrimEnd('\r'), line.Number));
            Assert.Equal(expected, found);
        });

    [Fact]
    public void A_line_feed_in_the_middle_of_a_character_is_none()
    {
        // U+0A41 contains the byte of a line feed, and 0x0A 0x00 spans two characters.
        byte[] data = Encoding.BigEndianUnicode.GetBytes("a\u000Bx\u0A00y\nz");
        var reader = new LineReader(Whole(data), Encoding.BigEndianUnicode, 100);
        TextLine line = reader.Read(new ByteMatch(4, 2, 0));
        Assert.Equal("a\u000Bx\u0A00y", Encoding.BigEndianUnicode.GetString(line.Bytes));
        Assert.Equal(2, reader.NumberOf(12, ScanSettings.Default));
    }

    [Fact]
    public void A_long_line_is_cut_on_both_sides()
    {
        byte[] data = Encoding.ASCII.GetBytes(new string('a', 100) + "x" + new string('b', 100) + "\n");
        TextLine line = new LineReader(Whole(data), Encoding.ASCII, 3)
            .Read(new ByteMatch(100, 1, 0));
        Assert.Equal((97, "aaaxbbb", true), (line.Offset, Encoding.ASCII.GetString(line.Bytes), line.IsCut));
    }

    [Fact]
    public void A_match_over_several_lines_has_them_all()
    {
        byte[] data = "1\n22\n33\n4"u8.ToArray();
        var reader = new LineReader(Whole(data), Encoding.ASCII, 100);
        Assert.Equal("22\n33"u8.ToArray(), reader.Read(new ByteMatch(3, 3, 0)).Bytes);
        Assert.Equal("22"u8.ToArray(), reader.Read(new ByteMatch(3, 2, 0)).Bytes);
    }

    [Fact]
    public void Numbers_are_right_in_any_order()
    {
        byte[] data = "a\na\na\na"u8.ToArray();
        var reader = new LineReader(Whole(data), Encoding.ASCII, 100);
        Assert.Equal([4L, 2L, 3L], s_places.Select(at => reader.NumberOf(at, ScanSettings.Default)));
    }

    [Fact]
    public void A_hex_view_has_every_byte_once() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[1, 40], Gen.Int[0, 20], TestScan.Settings).Sample((data, width, skip, settings) =>
        {
            skip = Math.Min(skip, data.Length);
            var range = new SourceRange(new ArraySource(data), skip, data.Length - skip);
            List<HexLine> lines = HexViewer.Read(range, width, [], settings).ToList();
            Assert.Equal(data.Skip(skip), lines.SelectMany(line => line.Bytes));
            Assert.Equal(Enumerable.Range(0, lines.Count).Select(i => skip + ((long)i * width)), lines.Select(line => line.Offset));
            Assert.All(lines.SkipLast(1), line => Assert.Equal(width, line.Bytes.Length));
        });

    [Fact]
    public void A_hex_line_reads_as_people_know_it()
    {
        byte[] data = [0, 1, .. "Hello, world!"u8, 0x7F, 0x80, 0xFF];
        var text = new HexLineText(16, 18);
        Assert.Equal(
            [
                "00000000  00 01 48 65 6c 6c 6f 2c  20 77 6f 72 6c 64 21 7f  ..Hello, world!.",
                "00000010  80 ff                                             ..",
            ],
            HexViewer.Read(Whole(data), 16, [], ScanSettings.Default).Select(line => text.Format(line, line.Offset)));
    }

    [Fact]
    public void Colours_change_with_the_category()
    {
        var colors = new Dictionary<ByteCategory, string> { [ByteCategory.Zero] = "<z>", [ByteCategory.Match] = "<m>" };
        var text = new HexLineText(5, long.MaxValue, colors, "<>");
        HexLine line = Assert.Single(HexViewer.Read(Whole([0, 0, 65, 66, 67]), 5, [new ByteMatch(3, 1, 0)], ScanSettings.Default));
        Assert.Equal("0000000000000000  <z>00 00<> 41 <m>42<> 43  <z>..<>A<m>B<>C", text.Format(line, 0));
    }

    [Fact]
    public void Lines_before_a_bad_byte_come_before_the_error()
    {
        var seen = new List<int>();
        Assert.Throws<PageFaultException>(() =>
        {
            var range = new SourceRange(new ArraySource(new byte[100]) { FaultAt = 37 }, 0, 100);
            foreach (HexLine line in HexViewer.Read(range, 16, [], ScanSettings.Default))
            {
                seen.Add(line.Bytes.Length);
            }
        });
        Assert.Equal([16, 16, 5], seen);
    }

    private static SourceRange Whole(byte[] data) => new(new ArraySource(data), 0, data.Length);
}
