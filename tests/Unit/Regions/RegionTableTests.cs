using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using MmapPS.Native;
using MmapPS.Regions.Life;
using MmapPS.Regions.Making;
using MmapPS.Work;
using Xunit;

namespace MmapPS.Unit.Regions;

public class RegionTableTests
{
    [Fact]
    public async Task May_be_listed_while_regions_come_and_go()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        Task[] changes = new Task[4];
        for (int i = 0; i < changes.Length; i++)
        {
            changes[i] = Task.Run(ComeAndGo, stop);
        }

        Task all = Task.WhenAll(changes);
        while (!all.IsCompleted)
        {
            Assert.All(RegionTable.GetOpen(), Assert.NotNull);
        }

        await all;
    }

    [Fact]
    public void Keeps_what_a_session_mapped_until_it_lets_go()
    {
        object session = new();
        (int kept, int other, int nobodys) = (Map(session), Map(new object()), Map(session: null));
        Collect();
        Assert.Equal([kept, other], Listed(kept, other, nobodys));

        RegionTable.LetGo(session);
        Collect();
        Assert.Equal([other], Listed(kept, other, nobodys));
        RegionTable.GetOpen().Single(region => region.Id == other).Dispose();
    }

    [Fact]
    public void Holds_nothing_of_a_region_that_was_removed()
    {
        WeakReference<MappedRegion> removed = MapAndRemove();
        Collect();
        Assert.False(removed.TryGetTarget(out _));
    }

    // Not inlined, so that no variable of the tests refers to a region.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Map(object? session) =>
        RegionFactory.Create(MemoryPlatform.Current, new MapRequest { Length = 1, Sharing = MapSharing.Private }, Unwatched.Work, session).Id;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<MappedRegion> MapAndRemove()
    {
        MappedRegion region = RegionFactory.Create(MemoryPlatform.Current, new MapRequest { Length = 1, Sharing = MapSharing.Private }, Unwatched.Work, new object());
        region.Dispose();
        return new WeakReference<MappedRegion>(region);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int[] Listed(params int[] ids) =>
        RegionTable.GetOpen().Select(region => region.Id).Where(ids.Contains).ToArray();

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static void ComeAndGo()
    {
        for (int i = 0; i < 20_000; i++)
        {
            RegionFactory.Create(MemoryPlatform.Current, new MapRequest { Length = 1, Sharing = MapSharing.Private }, Unwatched.Work).Dispose();
        }
    }
}
