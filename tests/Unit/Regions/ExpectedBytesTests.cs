using System;
using MmapPS.Bytes.Patterns;
using MmapPS.Native;
using MmapPS.Regions.Access;
using MmapPS.Regions.Making;
using MmapPS.Work;
using Xunit;

namespace MmapPS.Unit.Regions;

/// <summary>What a range must hold before it is overwritten.</summary>
public sealed class ExpectedBytesTests : IDisposable
{
    private readonly MappedRegion _region = RegionFactory.Create(
        MemoryPlatform.Current, new MapRequest { Length = 10, Sharing = MapSharing.Private }, Unwatched.Work);

    public ExpectedBytesTests() => _region.Write(4, [0xDE, 0xAD]);

    public void Dispose() => _region.Dispose();

    [Theory]
    [InlineData("de ad")]
    [InlineData("d? ??")]
    public void What_is_there_is_taken(string expected) => Demand(expected);

    [Theory]
    [InlineData("de ae", MappingError.ExpectationFailed)]
    [InlineData("de", MappingError.LengthMismatch)]
    [InlineData("de ad 00", MappingError.LengthMismatch)]
    public void Anything_else_is_refused(string expected, MappingError error) =>
        Assert.Equal(error, Assert.ThrowsAny<MappingException>(() => Demand(expected)).Error);

    private void Demand(string expected) => ExpectedBytes.Demand(_region, _region.Range(4, 2), BytePattern.Parse(expected));
}
