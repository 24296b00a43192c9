using System;
using System.Threading;
using System.Threading.Tasks;
using MmapPS.Regions.Life;
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

    [Fact]
    public void A_change_is_alone_and_leaves_the_gate_open()
    {
        int closed = 0;
        var gate = new RegionGate(() => closed++);
        Assert.True(gate.TryEnterAlone(CancellationToken.None));
        var user = new WaitingCall(gate.TryEnter);
        var changer = new WaitingCall(() => gate.TryEnterAlone(CancellationToken.None));
        gate.ExitAlone();
        Assert.True(changer.Result);
        user.AssertWaits();
        gate.ExitAlone();
        Assert.True(user.Result);
        gate.Exit();
        Assert.Equal(0, closed);
        Assert.True(gate.Close());
        Assert.Equal(1, closed);
    }

    [Fact]
    public void A_change_waits_for_the_last_use_and_holds_new_ones_back()
    {
        var gate = new RegionGate(() => { });
        Assert.True(gate.TryEnter());
        Assert.True(gate.TryEnter());
        var changer = new WaitingCall(() => gate.TryEnterAlone(CancellationToken.None));
        gate.Exit();
        changer.AssertWaits();
        var late = new WaitingCall(gate.TryEnter);
        gate.Exit();
        Assert.True(changer.Result);
        late.AssertWaits();
        gate.ExitAlone();
        Assert.True(late.Result);
        gate.Exit();
    }

    [Fact]
    public void A_change_that_is_given_up_leaves_the_gate_as_it_was()
    {
        using var stop = new CancellationTokenSource();
        var gate = new RegionGate(() => { });
        Assert.True(gate.TryEnter());
        var changer = new WaitingCall(() => gate.TryEnterAlone(stop.Token));
        var late = new WaitingCall(gate.TryEnter);
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => changer.Result);
        Assert.True(late.Result);
        gate.Exit();
        gate.Exit();
        Assert.True(gate.TryEnterAlone(CancellationToken.None));
        gate.ExitAlone();
        Assert.True(gate.Close());
    }

    [Fact]
    public void A_change_need_not_wait_where_nobody_is_even_if_it_is_given_up_already()
    {
        var gate = new RegionGate(() => { });
        Assert.True(gate.TryEnterAlone(new CancellationToken(canceled: true)));
        gate.ExitAlone();
        Assert.True(gate.TryEnter());
        Assert.Throws<OperationCanceledException>(() => gate.TryEnterAlone(new CancellationToken(canceled: true)));
        gate.Exit();
    }

    [Fact]
    public void Closing_ends_the_wait_of_a_change_and_of_those_behind_it()
    {
        int closed = 0;
        var gate = new RegionGate(() => closed++);
        Assert.True(gate.TryEnter());
        var changer = new WaitingCall(() => gate.TryEnterAlone(CancellationToken.None));
        var late = new WaitingCall(gate.TryEnter);
        Assert.True(gate.Close());
        Assert.False(changer.Result);
        Assert.False(late.Result);
        Assert.Equal(0, closed);
        gate.Exit();
        Assert.Equal(1, closed);
        Assert.False(gate.TryEnterAlone(CancellationToken.None));
    }

    [Fact]
    public void Closing_during_a_change_closes_when_the_change_ends()
    {
        int closed = 0;
        var gate = new RegionGate(() => closed++);
        Assert.True(gate.TryEnterAlone(CancellationToken.None));
        Assert.True(gate.Close());
        Assert.False(gate.IsOpen);
        Assert.Equal(0, closed);
        gate.ExitAlone();
        Assert.Equal(1, closed);
    }

    [Fact]
    public async Task Changes_are_alone_and_come_about_however_many_threads_use_the_gate()
    {
        const int Changes = 50;
        // Far more uses than can pass while a working gate is changed, on any thread scheduling; a gate that starves changes fails here.
        const int MostUses = 10_000_000;
        int inside = 0;
        int seen = 0;
        int exhausted = 0;
        bool done = false;
        var gate = new RegionGate(() => { });
        using var warm = new CountdownEvent(4);
        var users = new Task[4];
        for (int i = 0; i < users.Length; i++)
        {
            users[i] = Task.Factory.StartNew(
                () =>
                {
                    for (int use = 0; use < MostUses && !Volatile.Read(ref done); use++)
                    {
                        gate.TryEnter();
                        Interlocked.Increment(ref inside);
                        if (use == 0)
                        {
                            warm.Signal();
                        }

                        Thread.SpinWait(200);
                        Interlocked.Decrement(ref inside);
                        gate.Exit();
                    }

                    Interlocked.Add(ref exhausted, Volatile.Read(ref done) ? 0 : 1);
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }

        warm.Wait(TestContext.Current.CancellationToken);
        for (int change = 0; change < Changes; change++)
        {
            gate.TryEnterAlone(TestContext.Current.CancellationToken);
            seen += Volatile.Read(ref inside);
            Thread.SpinWait(200);
            seen += Volatile.Read(ref inside);
            gate.ExitAlone();
        }

        Volatile.Write(ref done, true);
        await Task.WhenAll(users);
        Assert.Equal((0, 0), (seen, exhausted));
    }

    // A call on another thread that is blocked for now.
    private sealed class WaitingCall
    {
        // Only a broken gate reaches this.
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

        private readonly Thread _thread;
        private bool _result;
        private Exception? _failure;

        public WaitingCall(Func<bool> call)
        {
            _thread = new Thread(() =>
            {
                try
                {
                    _result = call();
                }
                catch (OperationCanceledException failure)
                {
                    _failure = failure;
                }
            });
            _thread.IsBackground = true;
            _thread.Start();
            AssertWaits();
        }

        /// <summary>The result of the call after it could continue.</summary>
        public bool Result
        {
            get
            {
                Assert.True(_thread.Join(Patience), "The call still waits.");
                return _failure is null ? _result : throw _failure;
            }
        }

        public void AssertWaits() =>
            Assert.True(
                SpinWait.SpinUntil(() => (_thread.ThreadState & ThreadState.WaitSleepJoin) != 0, Patience),
                "The call does not wait.");
    }
}
