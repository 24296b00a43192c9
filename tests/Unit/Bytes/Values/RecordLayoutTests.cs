using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;
using MmapPS.Bytes.Values;
using MmapPS.Unit.Bytes.Support;
using MmapPS.Unit.Support;
using Xunit;

namespace MmapPS.Unit.Bytes.Values;

public class RecordLayoutTests
{
    private static readonly KeyValuePair<string, string>[] Fields =
    [
        new("Magic", "UInt32BE"), new("Name", "Utf8[16]"), new("Size", "UInt64"), new("Flags", "UInt16"), new("Kind", "Byte"),
    ];

    [Fact]
    public void Fields_follow_one_another()
    {
        RecordLayout layout = RecordLayout.Parse(Fields, bigEndian: false);
        Assert.Equal(31, layout.Size);
        Assert.Equal([0, 4, 20, 28, 30], layout.Fields.Select(field => field.Offset));
        Assert.Equal(Fields.Select(field => field.Key), layout.Fields.Select(field => field.Name));
    }

    [Fact]
    public void What_is_written_is_read_again() =>
        Gen.Select(Gen.UInt, Gen.Char['a', 'z'].Array[0, 16], Gen.ULong, Gen.UShort, Gen.Byte).Sample((magic, name, size, flags, kind) =>
        {
            RecordLayout layout = RecordLayout.Parse(Fields, bigEndian: false);
            object[] values = [magic, new string(name), size, flags, kind];
            byte[] record = new byte[layout.Size];
            layout.Write(values, record);
            Assert.Equal(values, layout.Read(record));
        });

    [Fact]
    public void A_misfit_names_its_field()
    {
        RecordLayout layout = RecordLayout.Parse(Fields, bigEndian: false);
        OutOfRangeException error = Assert.Throws<OutOfRangeException>(() => layout.Write([1, "n", 2, 70000, 1], new byte[31]));
        Assert.Equal("Field 'Flags': 70000 does not fit into UInt16, which holds 0 to 65535.", error.Message);
    }

    [Fact]
    public void A_layout_needs_fields_of_fixed_size()
    {
        Assert.Throws<OutOfRangeException>(() => RecordLayout.Parse([], bigEndian: false));
        Assert.Throws<OutOfRangeException>(() => RecordLayout.Parse([new("", "Byte")], bigEndian: false));
        Assert.Throws<OutOfRangeException>(() => RecordLayout.Parse([new("A", "Byte"), new("a", "Byte")], bigEndian: false));
        MappingException error = Assert.ThrowsAny<MappingException>(() => RecordLayout.Parse([new("Name", "Utf8Z")], bigEndian: false));
        Assert.Equal(MappingError.NotSupported, error.Error);
        Assert.Contains("'Name'", error.Message, StringComparison.Ordinal);
        Assert.Throws<OutOfRangeException>(
            () => RecordLayout.Parse([new("A", "Byte[2000000000]"), new("B", "Byte[2000000000]")], bigEndian: false));
    }

    [Fact]
    public void Records_are_read_at_each_stride_whatever_the_chunks() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[1, 40], Gen.Int[0, 9], TestScan.Settings).Sample((data, stride, skip, settings) =>
        {
            skip = Math.Min(skip, data.Length);
            ValueFormat format = ValueFormatParser.Parse("UInt16BE", bigEndian: false);
            var range = new SourceRange(new ArraySource(data), skip, data.Length - skip);
            long count = ValueReader.CountWithin(range.Length, format.Size, stride);
            IEnumerable<object> expected = Enumerable.Range(0, data.Length)
                .Select(i => skip + (i * stride))
                .TakeWhile(at => at + 2 <= data.Length)
                .Select(at => (object)(ushort)((data[at] << 8) | data[at + 1]));
            Assert.Equal(expected, ValueReader.Read(range, format.Size, stride, count, format.Read, settings));
        });

    [Fact]
    public void Values_before_a_bad_byte_come_before_the_error() =>
        Gen.Select(Gen.Byte.Array[1, 300], Gen.Int[0, 299], TestScan.Settings).Sample((data, fault, settings) =>
        {
            fault %= data.Length;
            var found = new List<object>();
            Assert.Throws<PageFaultException>(() =>
            {
                var range = new SourceRange(new ArraySource(data) { FaultAt = fault }, 0, data.Length);
                foreach (object value in ValueReader.Read(range, 1, 1, data.Length, ValueFormatParser.Parse("Byte", false).Read, settings))
                {
                    found.Add(value);
                }
            });
            Assert.Equal(data.Take(fault).Cast<object>(), found);
        });

    [Fact]
    public void Bytes_between_values_need_not_be_reached() =>
        Gen.Select(Gen.Byte.Array[1, 300], Gen.Int[1, 40], Gen.Int[0, 299], Gen.Int[1, 50], TestScan.Settings).Sample(
            (data, stride, fault, length, settings) =>
            {
                var source = new ArraySource(data) { FaultAt = fault, FaultEnd = fault + length };
                long count = ValueReader.CountWithin(data.Length, 2, stride);
                List<int> places = Enumerable.Range(0, (int)count).Select(i => i * stride).ToList();
                var found = new List<object>();
                Action read = () => found.AddRange(
                    ValueReader.Read(new SourceRange(source, 0, data.Length), 2, stride, count, record => (object)record[1], settings));
                bool hit = places.Exists(at => at + 2 > fault && at < fault + length);
                Assert.Equal(hit, Record.Exception(read) is PageFaultException);
                if (!hit)
                {
                    Assert.Equal(places.Select(at => (object)data[at + 1]), found);
                }
            });

    [Fact]
    public void Texts_tell_how_far_they_are_and_end_when_they_are_stopped()
    {
        var source = new ArraySource([.. "abc\0de\0\0x\0"u8]);
        using var stop = new System.Threading.CancellationTokenSource();
        var steps = new List<long>();
        var settings = new ScanSettings { Work = new WatchedWork(steps.Add, stop.Token) };
        var format = (TextFormat)ValueFormatParser.Parse("Utf8Z", bigEndian: false);
        Assert.Equal(4, ValueReader.ReadTexts(new SourceRange(source, 0, source.Length), format, 100, settings).Count());
        Assert.Equal([4, 3, 1, 2], steps);
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => ValueReader.ReadTexts(new SourceRange(source, 0, source.Length), format, 100, settings).Count());
    }

    [Theory]
    [InlineData("Utf8Z", "abc\0de\0\0x\0", new[] { "abc", "de", "", "x" })]
    [InlineData("Utf8Z", "", new string[0])]
    public void Zero_terminated_texts_follow_one_another(string type, string data, string[] expected)
    {
        var source = new ArraySource(System.Text.Encoding.UTF8.GetBytes(data));
        Assert.Equal(expected, Texts(source, type));
    }

    [Fact]
    public void A_zero_of_wide_text_is_not_any_two_zeros()
    {
        var source = new ArraySource([.. System.Text.Encoding.BigEndianUnicode.GetBytes("aĀb\0c\0")]);
        Assert.Equal(["aĀb", "c"], Texts(source, "Utf16BEZ"));
    }

    [Fact]
    public void Long_texts_are_read_whole()
    {
        string text = new('x', 5000);
        Assert.Equal([text], Texts(new ArraySource(System.Text.Encoding.UTF8.GetBytes(text + "\0")), "Utf8Z"));
    }

    [Fact]
    public void A_text_without_its_zero_is_an_error() =>
        Assert.Throws<OutOfRangeException>(() => Texts(new ArraySource("abc"u8.ToArray()), "Utf8Z"));

    private static List<string> Texts(ArraySource source, string type) =>
        ValueReader.ReadTexts(new SourceRange(source, 0, source.Length), (TextFormat)ValueFormatParser.Parse(type, false), 100, ScanSettings.Default)
            .ToList();
}
