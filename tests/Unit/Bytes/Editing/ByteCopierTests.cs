using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using MmapPS.Bytes.Editing;
using MmapPS.Bytes.Sources;
using MmapPS.Unit.Bytes.Support;
using Xunit;

namespace MmapPS.Unit.Bytes.Editing;

public class ByteCopierTests
{
    [Fact]
    public void A_range_is_moved_as_memmove_moves_it() =>
        Gen.Select(Gen.Byte.Array[1, 200], Gen.Int[0, 199], Gen.Int[0, 199], Gen.Int[0, 199], TestScan.Settings)
            .Sample((data, from, to, length, settings) =>
            {
                from %= data.Length;
                to %= data.Length;
                length = Math.Min(length, data.Length - Math.Max(from, to));
                byte[] expected = (byte[])data.Clone();
                data.AsSpan(from, length).CopyTo(expected.AsSpan(to));
                var source = new ArraySource(data);
                var copier = new ByteCopier(new SourceRange(source, from, length), source, to) { Backward = to > from };
                copier.Copy(settings);
                Assert.Equal(expected, source.Bytes);
                Assert.Equal(length, copier.Copied);
            });

    [Fact]
    public void What_the_system_does_not_move_is_copied() =>
        Gen.Select(Gen.Byte.Array[1, 200], Gen.Int[0, 300].Array[0, 5], TestScan.Settings).Sample((data, moves, settings) =>
        {
            var target = new ArraySource(new byte[data.Length]);
            var source = new ArraySource(data);
            var steps = new Queue<int>(moves);
            var copier = new ByteCopier(new SourceRange(source, 0, data.Length), target, 0)
            {
                Transfer = (from, to, length) =>
                {
                    int moved = (int)Math.Min(length, steps.Count > 0 ? steps.Dequeue() : 0);
                    data.AsSpan((int)from, moved).CopyTo(target.Bytes.AsSpan((int)to));
                    return moved;
                },
            };
            copier.Copy(settings);
            Assert.Equal(data, target.Bytes);
            Assert.Equal(data.Length, copier.Copied);
        });

    [Fact]
    public void Holes_are_the_blocks_of_zeros() =>
        Gen.Select(Gen.OneOf<byte>(0, 0, 0, 1).Array[0, 8], Gen.Int[0, ZeroRuns.BlockSize - 1]).Sample((blocks, rest) =>
        {
            byte[] data = blocks.SelectMany(value => new byte[ZeroRuns.BlockSize - 1].Append(value)).Concat(new byte[rest]).ToArray();
            var target = new ArraySource(new byte[data.Length]);
            var holes = new List<(long Offset, long Length)>();
            var copier = new ByteCopier(new SourceRange(new ArraySource(data), 0, data.Length), target, 0)
            {
                Hole = (offset, length) => holes.Add((offset, length)),
            };
            copier.Copy(TestScan.With(3 * ZeroRuns.BlockSize));
            Assert.Equal(data, target.Bytes);
            Assert.Equal((blocks.Count(value => value == 0) * ZeroRuns.BlockSize) + rest, holes.Sum(hole => hole.Length));
            Assert.All(holes, hole => Assert.Equal(0, hole.Offset % ZeroRuns.BlockSize));
        });

    [Fact]
    public void Holes_of_the_source_become_holes_of_the_target() =>
        Gen.Select(SparseBytes.Generator, SparseBytes.Settings, Gen.Bool).Sample((sparse, settings, keepsHoles) =>
        {
            var target = new ArraySource(Enumerable.Repeat((byte)9, sparse.Bytes.Length).ToArray());
            long end = 0;
            var copier = new ByteCopier(new SourceRange(sparse.ToSource(), 0, sparse.Bytes.Length), target, 0)
            {
                Hole = keepsHoles ? MakeHole : null,
            };
            copier.Copy(settings);
            Assert.Equal(sparse.Bytes, target.Bytes);
            Assert.Equal(sparse.Bytes.Length, copier.Copied);

            void MakeHole(long offset, long length)
            {
                Assert.True(offset >= end);
                end = offset + length;
                target.Bytes.AsSpan((int)offset, (int)length).Clear();
            }
        });

    [Fact]
    public void Holes_start_and_end_at_blocks_of_the_file_wherever_the_range_does() =>
        Gen.Select(
            Gen.OneOf<byte>(0, 0, 0, 1).Array[0, 8], Gen.Int[0, 2 * ZeroRuns.BlockSize], Gen.Int[0, 2 * ZeroRuns.BlockSize])
            .Sample((blocks, to, origin) =>
            {
                byte[] data = blocks.SelectMany(value => new byte[ZeroRuns.BlockSize - 1].Append(value)).ToArray();
                var target = new ArraySource(new byte[to + data.Length]);
                var holes = new List<(long Offset, long Length)>();
                var copier = new ByteCopier(new SourceRange(new ArraySource(data), 0, data.Length), target, to)
                {
                    Hole = (offset, length) => holes.Add((offset, length)),
                    HoleOrigin = origin,
                };
                copier.Copy(TestScan.With(3 * ZeroRuns.BlockSize));
                Assert.Equal(data, target.Bytes.Skip(to));
                Assert.All(holes, hole => Assert.True(IsBorder(hole.Offset) && IsBorder(hole.Offset + hole.Length)));

                // A chunk may end within a block; zeros before and after its end are then two holes.
                bool IsBorder(long offset) => (origin + offset) % ZeroRuns.BlockSize == 0
                    || (offset - to) % (3 * ZeroRuns.BlockSize) == 0 || offset == to + data.Length;
            });

    [Fact]
    public void What_precedes_a_bad_byte_is_copied() =>
        Gen.Select(Gen.Byte.Array[1, 200], Gen.Int[0, 199], TestScan.Settings).Sample((data, fault, settings) =>
        {
            fault %= data.Length;
            var target = new ArraySource(new byte[data.Length]);
            var copier = new ByteCopier(new SourceRange(new ArraySource(data) { FaultAt = fault }, 0, data.Length), target, 0);
            Assert.Throws<PageFaultException>(() => copier.Copy(settings));
            Assert.Equal(fault, copier.Copied);
            Assert.Equal(data[..fault], target.Bytes[..fault]);
        });

    [Fact]
    public void A_range_is_filled_by_repetition() =>
        Gen.Select(Gen.Int[0, 300], Gen.Byte.Array[1, 90], TestScan.Settings).Sample((length, value, settings) =>
        {
            var target = new ArraySource(new byte[length + 2]);
            ByteFiller.Fill(target, 1, length, value, settings);
            Assert.Equal(Enumerable.Range(0, length).Select(i => value[i % value.Length]), target.Bytes.Skip(1).Take(length));
            Assert.Equal((0, 0), (target.Bytes[0], target.Bytes[^1]));
        });
}
