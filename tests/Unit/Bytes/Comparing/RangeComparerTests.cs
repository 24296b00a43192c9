using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using MmapPS.Bytes.Comparing;
using MmapPS.Bytes.Editing;
using MmapPS.Bytes.Sources;
using MmapPS.Unit.Bytes.Support;
using Xunit;

namespace MmapPS.Unit.Bytes.Comparing;

public class RangeComparerTests
{
    private static readonly Gen<byte[]> Bits = Gen.Frequency(
        (1, Gen.OneOf<byte>(0, 1).Array[0, 300]),
        (3, Gen.Frequency((20, Gen.Const((byte)0)), (1, Gen.Const((byte)1))).Array[0, 300]));

    [Fact]
    public void Every_difference_is_found_once_and_none_touches_the_next() =>
        Gen.Select(Bits, Bits, Gen.Int[0, 40], Gen.Int[0, 40], TestScan.Settings, Gen.Bool)
            .Sample((left, right, leftSkip, rightSkip, settings, direct) =>
        {
            leftSkip = Math.Min(leftSkip, left.Length);
            rightSkip = Math.Min(rightSkip, right.Length);
            byte[] leftPart = left[leftSkip..];
            byte[] rightPart = right[rightSkip..];
            var leftSource = new ArraySource(left) { IsDirect = direct };
            var comparer = new RangeComparer(
                new SourceRange(leftSource, leftSkip, leftPart.Length),
                new SourceRange(new ArraySource(right), rightSkip, rightPart.Length));

            List<(long Offset, long Length)> expected = Naive(leftPart, rightPart);
            List<ByteDifference> found = comparer.FindDifferences(settings).ToList();
            Assert.Equal(expected, found.Select(difference => (difference.Offset, difference.Length)));
            Assert.All(found, difference =>
            {
                Assert.Equal(leftPart.Skip((int)difference.Offset).Take((int)Math.Min(16, difference.Length)), difference.Left);
                Assert.Equal(rightPart.Skip((int)difference.Offset).Take((int)Math.Min(16, difference.Length)), difference.Right);
                Assert.Equal(Math.Min(difference.Length, leftPart.Length - difference.Offset) > 16, difference.LeftIsCut);
                Assert.Equal(Math.Min(difference.Length, rightPart.Length - difference.Offset) > 16, difference.RightIsCut);
            });
            Assert.Equal(expected.Count == 0 ? null : expected[0].Offset, comparer.FindFirst(settings));
            Assert.Equal(leftPart.AsSpan().SequenceEqual(rightPart), comparer.AreEqual(settings));
            Assert.Equal(0, leftSource.Lent);
        });

    [Fact]
    public void Differences_beside_holes_are_found_without_reading_what_both_sides_lack() =>
        Gen.Select(SparseBytes.Generator, SparseBytes.Generator, Gen.Int[0, 40], Gen.Int[0, 40], SparseBytes.Settings)
            .Sample((left, right, leftSkip, rightSkip, settings) =>
            {
                leftSkip = Math.Min(leftSkip, left.Bytes.Length);
                rightSkip = Math.Min(rightSkip, right.Bytes.Length);
                byte[] leftPart = left.Bytes[leftSkip..];
                byte[] rightPart = right.Bytes[rightSkip..];
                var comparer = new RangeComparer(
                    new SourceRange(left.ToSource(), leftSkip, leftPart.Length),
                    new SourceRange(right.ToSource(), rightSkip, rightPart.Length));
                List<(long Offset, long Length)> expected = Naive(leftPart, rightPart);
                Assert.Equal(
                    expected, comparer.FindDifferences(settings).Select(difference => (difference.Offset, difference.Length)));
                Assert.Equal(expected.Count == 0 ? null : expected[0].Offset, comparer.FindFirst(settings));
            });

    [Fact]
    public void Differences_before_a_bad_byte_of_either_side_come_before_the_error() =>
        Gen.Select(Bits, Bits, Gen.Int[0, 299], Gen.Bool, TestScan.Settings)
            .Where((left, right, _, _, _) => left.Length > 0 && right.Length > 0)
            .Sample((left, right, fault, onLeft, settings) =>
            {
                int common = Math.Min(left.Length, right.Length);
                fault %= common;
                var comparer = new RangeComparer(
                    Whole(new ArraySource(left) { FaultAt = onLeft ? fault : long.MaxValue }),
                    Whole(new ArraySource(right) { FaultAt = onLeft ? long.MaxValue : fault }));
                var found = new List<(long, long)>();
                PageFaultException error = Assert.Throws<PageFaultException>(() =>
                {
                    foreach (ByteDifference difference in comparer.FindDifferences(settings))
                    {
                        found.Add((difference.Offset, difference.Length));
                    }
                });
                Assert.Equal(Naive(left[..fault], right[..fault]), found);
                Assert.Equal($"No byte at {fault}.", error.Message);
            });

    [Fact]
    public void The_changes_of_all_differences_make_the_left_side_equal_to_the_right() =>
        Gen.Select(Bits, Bits, Gen.Int[0, 9], Gen.Int[0, 9], TestScan.Settings).Sample((left, right, leftSkip, rightSkip, settings) =>
        {
            int length = Math.Max(0, Math.Min(left.Length - leftSkip, right.Length - rightSkip));
            leftSkip = Math.Min(leftSkip, left.Length);
            rightSkip = Math.Min(rightSkip, right.Length);
            byte[] copy = (byte[])left.Clone();
            var comparer = new RangeComparer(
                new SourceRange(new ArraySource(left), leftSkip, length), new SourceRange(new ArraySource(right), rightSkip, length));
            foreach (ByteChange change in comparer.FindDifferences(settings).SelectMany(comparer.ToChanges))
            {
                Assert.Equal(change.Old, copy.AsSpan((int)change.Offset, change.Old.Length).ToArray());
                change.New.CopyTo(copy, change.Offset);
            }

            Assert.Equal(right.Skip(rightSkip).Take(length), copy.Skip(leftSkip).Take(length));
        });

    [Fact]
    public void The_first_difference_ends_the_reading()
    {
        byte[] other = Enumerable.Repeat((byte)1, 1 << 20).ToArray();
        var left = new ArraySource(new byte[1 << 20]);
        Assert.False(new RangeComparer(Whole(left), Whole(new ArraySource(other))).AreEqual(TestScan.With(1024)));
        Assert.InRange(left.Reads, 1, 200);
    }

    private static SourceRange Whole(ArraySource source) => new(source, 0, source.Length);

    private static List<(long Offset, long Length)> Naive(byte[] left, byte[] right)
    {
        var runs = new List<(long Offset, long Length)>();
        for (int i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            if (i < left.Length && i < right.Length && left[i] == right[i])
            {
                continue;
            }

            if (runs.Count > 0 && runs[^1].Offset + runs[^1].Length == i)
            {
                runs[^1] = (runs[^1].Offset, runs[^1].Length + 1);
            }
            else
            {
                runs.Add((i, 1));
            }
        }

        return runs;
    }
}
