using System;
using System.Numerics;
using CsCheck;
using MmapPS.Ranges;
using Xunit;

namespace MmapPS.Unit.Regions;

public class AlignmentTests
{
    private static readonly Gen<long> Units = Gen.Int[0, 30].Select(exponent => 1L << exponent);

    [Fact]
    public void Down_is_the_greatest_multiple_not_above() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Units).Sample((value, unit) =>
            Alignment.Down(value, unit) == value / unit * unit);

    [Fact]
    public void Up_is_the_least_multiple_not_below() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Units).Sample((value, unit) =>
        {
            BigInteger expected = (value + (BigInteger)unit - 1) / unit * unit;
            if (expected > long.MaxValue)
            {
                Assert.Throws<OverflowException>(() => Alignment.Up(value, unit));
            }
            else
            {
                Assert.Equal(expected, Alignment.Up(value, unit));
            }
        });
}
