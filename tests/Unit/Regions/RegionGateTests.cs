using System.Threading;
using System.Threading.Tasks;
using MmapPS.Regions;
using Xunit;

namespace MmapPS.Unit.Regions;

public class RegionGateTests
{
    [Fact]
    public void Closing_an_idle_gate_closes_at_once_and_once()
    {
        int closed = 0;
        var gate = new RegionGate(() => closed++);
        Assert.True(gate.Close());
        Assert.Equal(1, closed);
        Assert.False(gate.Close());
        Assert.Equal(1, closed);
        Assert.False(gate.TryEnter());
        Assert.False(gate.IsOpen);
    }

    [Fact]
    public void Closing_waits_for_the_last_use()
    {
        int closed = 0;
        var gate = new RegionGate(() => closed++);
        Assert.True(gate.TryEnter());
        Assert.True(gate.TryEnter());
        Assert.True(gate.Close());
        Assert.False(gate.TryEnter());
        gate.Exit();
        Assert.Equal(0, closed);
        gate.Exit();
        Assert.Equal(1, closed);
    }

    [Fact]
    public async Task Nobody_is_inside_when_it_closes_whatever_the_threads_do()
    {
        for (int round = 0; round < 300; round++)
        {
            int inside = 0;
            int insideAtClose = -1;
            int closes = 0;
            using var start = new Barrier(5);
            CancellationToken stop = TestContext.Current.CancellationToken;
            var gate = new RegionGate(() =>
            {
                insideAtClose = Volatile.Read(ref inside);
                Interlocked.Increment(ref closes);
            });
            var users = new Task[4];
            for (int i = 0; i < users.Length; i++)
            {
                users[i] = Task.Factory.StartNew(
                    () =>
                    {
                        start.SignalAndWait(stop);
                        while (gate.TryEnter())
                        {
                            Interlocked.Increment(ref inside);
                            Interlocked.Decrement(ref inside);
                            gate.Exit();
                        }
                    },
                    stop,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default);
            }

            start.SignalAndWait(stop);
            gate.Close();
            await Task.WhenAll(users);
            Assert.Equal((0, 1), (insideAtClose, closes));
        }
    }
}
