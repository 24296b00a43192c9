using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using MmapPS.Ranges;
using MmapPS.Regions.Life;
using Xunit;

namespace MmapPS.Unit.Regions;

/// <summary>The map compared with an array that has a protection for every byte.</summary>
public class ProtectionMapTests
{
    private const int Longest = 40;

    private static readonly Gen<MemoryProtection> Protections = Gen.Int[0, 7].Select(bits => (MemoryProtection)bits);

    private static readonly Gen<(int Kind, int Start, int Length, MemoryProtection Protection)> Changes =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, Longest], Gen.Int[0, Longest], Protections);

    [Fact]
    public void Is_an_array_whatever_is_set_and_cut_off() =>
        Gen.Select(Protections, Changes.List[0, 15]).Sample((first, changes) =>
        {
            var map = new ProtectionMap(first);
            var model = Enumerable.Repeat(first, Longest).ToList();
            AssertSame(model, map);
            foreach ((int kind, int start, int length, MemoryProtection protection) in changes)
            {
                switch (kind)
                {
                    // A range within.
                    case 0 when start + length < model.Count:
                        map.Set(start, start + length, protection);
                        Fill(model, start, start + length, protection);
                        break;

                    // One to the end, even if the end moves later.
                    case 1 when start < model.Count:
                        map.Set(start, long.MaxValue, protection);
                        Fill(model, start, model.Count, protection);
                        break;

                    // Another length: new bytes are like the last byte that is left, or the first if none is left.
                    case 2 or 3:
                        int wanted = kind == 2 ? length : Math.Max(length, model.Count);
                        MemoryProtection last = model[Math.Max(0, Math.Min(wanted, model.Count) - 1)];
                        map.Truncate(wanted);
                        model = [.. model.Take(wanted), .. Enumerable.Repeat(last, Math.Max(wanted == 0 ? 1 : 0, wanted - model.Count))];
                        break;
                }

                AssertSame(model, map);
            }
        });

    [Fact]
    public void An_empty_range_changes_nothing()
    {
        var map = new ProtectionMap(MemoryProtection.Read);
        map.Set(5, 5, MemoryProtection.Write);
        map.Set(6, 5, MemoryProtection.Write);
        Assert.True(map.IsUniform);
        Assert.Equal(MemoryProtection.Read, map.Union);
    }

    [Fact]
    public void Neighbours_that_become_alike_are_one()
    {
        var map = new ProtectionMap(MemoryProtection.Read);
        map.Set(10, 20, MemoryProtection.None);
        map.Set(30, 40, MemoryProtection.None);
        Assert.False(map.IsUniform);
        map.Set(20, 30, MemoryProtection.None);
        Assert.Equal(10, map.FindDenied(ByteRange.Within(100, 0, 100, "x"), MemoryProtection.Read));
        Assert.Null(map.FindDenied(ByteRange.Within(100, 40, 60, "x"), MemoryProtection.Read));
        map.Set(10, 40, MemoryProtection.Read);
        Assert.True(map.IsUniform);
    }

    [Fact]
    public async Task May_be_looked_at_while_it_changes()
    {
        var map = new ProtectionMap(MemoryProtection.Read);
        ByteRange all = ByteRange.Within(100, 0, 100, "x");
        Task changing = Task.Run(() =>
        {
            for (int i = 0; i < 3_000_000; i++)
            {
                map.Set(i % 50, 50 + (i % 7), (i & 1) == 0 ? MemoryProtection.None : MemoryProtection.Read);
                map.Set(0, long.MaxValue, MemoryProtection.Read);
            }
        }, TestContext.Current.CancellationToken);
        while (!changing.IsCompleted)
        {
            Assert.InRange(map.FindDenied(all, MemoryProtection.Read) ?? 0, 0, 49);
        }

        await changing;
    }

    [Fact]
    public void Borders_far_out_do_not_wrap()
    {
        var map = new ProtectionMap(MemoryProtection.Read);
        map.Set(long.MaxValue - 1, long.MaxValue, MemoryProtection.None);
        ByteRange all = ByteRange.Within(long.MaxValue, 0, null, "x");
        Assert.Equal(long.MaxValue - 1, map.FindDenied(all, MemoryProtection.Read));
        Assert.Null(map.FindDenied(ByteRange.Within(long.MaxValue, 0, long.MaxValue - 1, "x"), MemoryProtection.Read));
        map.Truncate(long.MaxValue - 1);
        Assert.True(map.IsUniform);
    }

    private static void Fill(List<MemoryProtection> model, int start, int end, MemoryProtection protection)
    {
        for (int i = start; i < end; i++)
        {
            model[i] = protection;
        }
    }

    private static void AssertSame(List<MemoryProtection> model, ProtectionMap map)
    {
        Assert.Equal(model.Aggregate((union, part) => union | part), map.Union);
        Assert.Equal(model.Distinct().Count() == 1, map.IsUniform);
        Assert.Equal(model, map.In(0, model.Count).SelectMany(part => Enumerable.Repeat(part.Value, (int)(part.End - part.Start))));
        for (int start = 0; start <= model.Count; start++)
        {
            for (int length = 0; length <= model.Count - start; length += 3)
            {
                foreach (MemoryProtection needed in (MemoryProtection[])[MemoryProtection.Read, MemoryProtection.Write])
                {
                    int denied = model.FindIndex(start, length, part => (part & needed) != needed);
                    Assert.Equal(
                        denied < 0 ? null : denied,
                        map.FindDenied(ByteRange.Within(model.Count, start, length, "x"), needed));
                }
            }
        }
    }
}
