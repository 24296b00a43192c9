using System.Threading;
using System.Threading.Tasks;
using MmapPS.Regions;
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

    private static void ComeAndGo()
    {
        for (int i = 0; i < 20_000; i++)
        {
            RegionFactory.Create(new MapRequest { Length = 1, Sharing = MapSharing.Private }).Dispose();
        }
    }
}
