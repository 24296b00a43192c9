using System;
using System.Collections.Generic;
using System.Linq;
using MmapPS.Native;
using MmapPS.Native.Linux;
using MmapPS.Native.MacOS;
using MmapPS.Native.Windows;
using MmapPS.Regions.Access;
using MmapPS.Regions.Making;
using MmapPS.Unit.Support;
using Xunit;

namespace MmapPS.Unit.Native;

/// <summary>Every option, also a future one, is supported, refused, or warned of on every system.</summary>
public class MapOptionsTests
{
    private const MapOptions Tomorrow = (MapOptions)(1 << 30);

    private static readonly Dictionary<string, MapOptions> Systems = new()
    {
        ["Linux"] = LinuxPlatform.Honoured,
        ["macOS"] = MacOSPlatform.Honoured,
        ["Windows"] = WindowsPlatform.Honoured,
    };

    public static TheoryData<string, MapOptions> Everywhere
    {
        get
        {
            var data = new TheoryData<string, MapOptions>();
            foreach (string system in Systems.Keys)
            {
                foreach (MapOptions option in Enum.GetValues<MapOptions>().Append(Tomorrow))
                {
                    data.Add(system, option);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void NoOptionIsLeftOutSilently(string system, MapOptions option)
    {
        bool carriesOut = (Systems[system] & option) == option;
        using var platform = new OptionsPlatform(Systems[system]);
        MappingException? refusal = platform.TryMap(option);
        int remarks = platform.GetRemarks(option).Count;

        Assert.Equal(carriesOut ? 0 : 1, (refusal is null ? 0 : 1) + remarks);
        Assert.True(refusal is null || refusal.Error == MappingError.NotSupported);
        Assert.Equal(refusal is null, platform.Mapped);
    }

    [Fact]
    public void AnOptionOfTomorrowIsRefusedByName()
    {
        using var platform = new OptionsPlatform(LinuxPlatform.Honoured);
        Assert.Equal(
            $"memory cannot be mapped with -Option {Tomorrow}: Nowhere does not have it. Leave it out.",
            platform.TryMap(MapOptions.Locked | Tomorrow)!.Message);
    }

    [Theory]
    [InlineData(MapOptions.None, true)]
    [InlineData(MapOptions.Populate | MapOptions.Locked | MapOptions.Uninitialized, true)]
    [InlineData(MapOptions.NoReserve, false)]
    [InlineData(MapOptions.HugePages, false)]
    [InlineData(MapOptions.GrowsDown, false)]
    [InlineData(MapOptions.Sync, false)]
    [InlineData(MapOptions.Populate | Tomorrow, false)]
    public void OnlyOptionsThatCannotFaultAreTouchedDirectly(MapOptions options, bool directly)
    {
        var platform = new FakePlatform { Honours = options };
        using var backing = new RegionBacking(platform, new MapRequest { Options = options }, RegionKind.Anonymous);
        RegionView view = new RegionMapper(backing).Map(4096, MemoryProtection.Read);

        Assert.Equal(directly, view.Access is DirectAccess);
        view.Mapping!.Dispose();
    }

    private sealed class OptionsPlatform(MapOptions honoured) : IDisposable
    {
        private readonly FakePlatform _platform = new() { Honours = honoured };
        private MappingHandle? _mapping;

        public bool Mapped => _mapping is not null;

        public IReadOnlyList<string> GetRemarks(MapOptions options) => _platform.GetRemarks(options);

        public MappingException? TryMap(MapOptions options)
        {
            try
            {
                _mapping = _platform.Map(new MapSpecification { Subject = "memory", Length = 4096, PageSize = 4096, Options = options });
                return null;
            }
            catch (MappingException refusal)
            {
                return refusal;
            }
        }

        public void Dispose() => _mapping?.Dispose();
    }
}
