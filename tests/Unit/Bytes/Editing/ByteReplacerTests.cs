using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsCheck;
using MmapPS.Bytes.Editing;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Searching;
using MmapPS.Bytes.Sources;
using MmapPS.Unit.Bytes.Support;
using Xunit;

namespace MmapPS.Unit.Bytes.Editing;

public class ByteReplacerTests
{
    private static readonly Gen<byte[]> Data = Gen.OneOf<byte>((byte)'a', (byte)'A', (byte)'b').Array[0, 300];

    private static readonly Gen<string> Hex = Gen.OneOf("61", "62", "??", "6?", "?1").Array[1, 3].Select(parts => string.Join(' ', parts));

    private static readonly Gen<string> Names =
        Gen.OneOf<char>('a', '/', ' ', ';', '%', '\n', '\r', '\x01', '\x7F', 'ä', '7').Array[0, 9].Select(letters => new string(letters));

    [Fact]
    public void Replacing_while_searching_is_finding_all_first_and_replacing_then() =>
        Gen.Select(Data, Hex, Hex, Gen.Int[0, 5], TestScan.Settings).Sample((data, find, with, limit, settings) =>
        {
            int? first = limit == 0 ? null : limit;
            BytePattern pattern = BytePattern.Parse(find);
            BytePattern replacement = BytePattern.Parse(string.Join(' ', with.Split(' ').Concat(["61", "62", "??"]).Take(pattern.Length)));
            byte[] expected = (byte[])data.Clone();
            foreach (ByteMatch match in NaiveSearch.Forward(NaiveSearch.All([pattern], data, 0, data.Length)).Take(first ?? int.MaxValue))
            {
                for (int i = 0; i < match.Length; i++)
                {
                    ref byte value = ref expected[match.Offset + i];
                    value = (byte)((value & ~replacement.Mask[i]) | replacement.Bytes[i]);
                }
            }

            var source = new ArraySource((byte[])data.Clone());
            var replacer = new ByteReplacer([pattern], replacement, padding: null);
            var patch = new StringWriter();
            List<ByteChange> changes = ByteReplacer
                .Apply(replacer.Plan(new SourceRange(source, 0, data.Length), first, settings), source, Begun(patch))
                .ToList();
            Assert.Equal(expected, source.Bytes);
            Assert.All(changes, change => Assert.NotEqual(change.Old, change.New));

            List<ByteChange> redo = Read(patch).ToList();
            List<ByteChange> undo = redo.ConvertAll(change => change.Reverse());
            PatchApplier.Verify(undo, source, "it", mayBeDone: true);
            Assert.Equal(changes.Count, ByteReplacer.Apply(PatchApplier.Plan(undo, source), source, patch: null).Count());
            Assert.Equal(data, source.Bytes);
            PatchApplier.Verify(redo, source, "it", mayBeDone: false);
            Assert.Equal(changes.Count, ByteReplacer.Apply(PatchApplier.Plan(redo, source), source, patch: null).Count());
            Assert.Equal(expected, source.Bytes);
        });

    [Fact]
    public void A_plan_writes_nothing()
    {
        var source = new ArraySource("xabx"u8.ToArray());
        var replacer = new ByteReplacer([BytePattern.FromBytes("ab"u8.ToArray())], BytePattern.FromBytes("cd"u8.ToArray()), padding: null);
        ByteChange change = Assert.Single(replacer.Plan(new SourceRange(source, 0, 4), first: null, TestScan.With(2)));
        Assert.Equal((1, "ab", "cd"), (change.Offset, Text(change.Old), Text(change.New)));
        Assert.Equal("xabx", Text(source.Bytes));
    }

    [Theory]
    [InlineData("abc", false)]
    [InlineData("abc", true)]
    [InlineData("a", false)]
    public void Another_length_is_a_mismatch_that_names_both(string replacement, bool pad)
    {
        MappingException error = Assert.ThrowsAny<MappingException>(() => new ByteReplacer(
            [BytePattern.FromBytes("xy"u8.ToArray())], BytePattern.FromBytes(Bytes(replacement)), pad ? (byte)0 : null));
        Assert.Equal(MappingError.LengthMismatch, error.Error);
        Assert.Contains($"{replacement.Length} byte{(replacement.Length == 1 ? "" : "s")} and the pattern 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shorter_replacement_is_padded()
    {
        var source = new ArraySource(Bytes("-abcd-"));
        var replacer = new ByteReplacer([BytePattern.FromBytes(Bytes("abcd"))], BytePattern.FromBytes(Bytes("xy")), (byte)' ');
        Assert.Single(ByteReplacer.Apply(replacer.Plan(new SourceRange(source, 0, 6), first: null, TestScan.With(4)), source, patch: null));
        Assert.Equal("-xy  -", Text(source.Bytes));
    }

    [Fact]
    public void A_match_that_stays_as_it_is_is_no_change()
    {
        var source = new ArraySource(Bytes("Error ERROR error"));
        BytePattern pattern = BytePattern.FromText("error", System.Text.Encoding.ASCII, ignoreCase: true);
        var replacer = new ByteReplacer([pattern], BytePattern.FromBytes(Bytes("ERROR")), padding: null);
        Assert.Equal([0L, 12L], replacer.Plan(new SourceRange(source, 0, 17), first: null, TestScan.With(5)).Select(change => change.Offset));
    }

    [Fact]
    public void A_change_is_in_the_patch_before_it_is_made()
    {
        var source = new ArraySource(Bytes("abab")) { FaultAt = 2 };
        var patch = new StringWriter();
        ByteChange[] changes = [new(0, Bytes("ab"), Bytes("cd")), new(2, Bytes("ab"), Bytes("cd"))];
        Assert.Throws<PageFaultException>(() => ByteReplacer.Apply(changes, source, Begun(patch)).Count());
        source.FaultAt = long.MaxValue;
        List<ByteChange> undo = Read(patch).Select(change => change.Reverse()).ToList();
        Assert.Equal(2, undo.Count);
        PatchApplier.Verify(undo, source, "it", mayBeDone: true);
        ByteChange undone = Assert.Single(PatchApplier.Plan(undo, source));
        Assert.Equal(0, undone.Offset);
    }

    [Fact]
    public void A_foreign_file_is_refused_by_its_first_characters()
    {
        var reader = new StringReader(new string('x', 100000));
        Assert.ThrowsAny<MappingException>(() => PatchReader.Read(reader).Count());
        Assert.True(reader.ReadToEnd().Length > 90000);
    }

    [Theory]
    [InlineData("", MappingError.NotSupported)]
    [InlineData("MmapPS patch 12\n", MappingError.NotSupported)]
    [InlineData("MmapPS patch 3\n", MappingError.NotSupported)]
    [InlineData("MmapPS patch 2\n1: 61 -> 62;\n", MappingError.InvalidHex)]
    [InlineData("MmapPS patch 2\nfile x /a;\n", MappingError.InvalidHex)]
    [InlineData("MmapPS patch 1\nfile 1 /a;\n1: 61 -> 62;\n", MappingError.InvalidHex)]
    [InlineData("MmapPS patch 1\n1: 61 -> 62;\nx\n2: 61 -> 62;\n", MappingError.InvalidHex)]
    [InlineData("MmapPS patch 1\n1: 61 -> 6263;\n", MappingError.InvalidHex)]
    [InlineData("MmapPS patch 1\n-1: 61 -> 62;\n", MappingError.InvalidHex)]
    [InlineData("MmapPS patch 1\n1: 6? -> 62;\n", MappingError.InvalidHex)]
    [InlineData("MmapPS patch 1\n1: 61 -> 62;x\n", MappingError.InvalidHex)]
    public void A_damaged_patch_is_refused(string text, MappingError error) =>
        Assert.Equal(error, Assert.ThrowsAny<MappingException>(() => PatchReader.Read(new StringReader(text)).Count()).Error);

    [Theory]
    [InlineData("MmapPS patch 1\n", 0)]
    [InlineData("MmapPS patch 2\n", 0)]
    [InlineData("MmapPS patch 2\nfile 1 /a", 0)]
    [InlineData("MmapPS patch 2\nfile 1 /a;\n1: 61 -> 62;\nfile 1 /b", 1)]
    [InlineData("MmapPS patch 1\n1: 61 -> 62;\n2: 61 -", 1)]
    [InlineData("MmapPS patch 1\n1: 61 -> 62;\n2: 61 -> 62;", 2)]
    public void A_last_line_that_was_cut_off_is_no_change(string text, int count) =>
        Assert.Equal(count, PatchReader.Read(new StringReader(text)).Count());

    [Theory]
    [InlineData(0, MappingError.ExpectationFailed)]
    [InlineData(3, MappingError.OutOfRange)]
    public void A_patch_of_other_bytes_is_refused(long offset, MappingError error)
    {
        ByteChange[] changes = [new(offset, Bytes("ab"), Bytes("cd"))];
        Assert.Equal(error, Assert.ThrowsAny<MappingException>(() => PatchApplier.Verify(
            changes, new ArraySource(Bytes("xxxx")), "it", mayBeDone: true)).Error);
    }

    [Fact]
    public void What_is_read_is_what_was_written() =>
        Gen.Select(Gen.Bool, Names, Gen.Long[0, 9], Gen.Long[0, 9]).Array[0, 4].Sample(parts =>
            {
                var text = new StringWriter();
                var writer = new PatchWriter(text);
                var expected = new List<(PatchSubject, long)>();
                foreach ((bool isFile, string name, long length, long origin) in parts)
                {
                    var subject = new PatchSubject(isFile, name, length);
                    writer.Begin(subject, origin);
                    writer.Write(new ByteChange(3, Bytes("a"), Bytes("b")));
                    expected.Add((subject, 3 + origin));
                }

                string written = text.ToString();
                Assert.Equal(
                    expected,
                    written.Length == 0 ? [] : PatchReader.Read(new StringReader(written)).Select(entry => (entry.Subject!, entry.Change.Offset)));
                var source = new ArraySource(System.Text.Encoding.UTF8.GetBytes(written));
                Assert.Equal(written, new SourceTextReader(source).ReadToEnd());
            });

    // Without a change nothing is written.
    private static IEnumerable<ByteChange> Read(StringWriter patch) => patch.ToString() is { Length: > 0 } text
        ? PatchReader.Read(new StringReader(text)).Select(entry => entry.Change)
        : [];

    private static PatchWriter Begun(TextWriter text)
    {
        var writer = new PatchWriter(text);
        writer.Begin(new PatchSubject(IsFile: true, "/a", 4), origin: 0);
        return writer;
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    private static string Text(byte[] bytes) => System.Text.Encoding.ASCII.GetString(bytes);
}
