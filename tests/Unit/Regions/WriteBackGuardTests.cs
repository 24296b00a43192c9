using System;
using System.Collections.Generic;
using MmapPS.Regions.Pages;
using MmapPS.Work;
using Xunit;

namespace MmapPS.Unit.Regions;

/// <summary>The guard on a system that forgets failed writes.</summary>
public class WriteBackGuardTests
{
    private const long PageSize = 4096;

    private static readonly MappingException Failed = MappingException.FromSystem("msync", "EIO", "the storage failed");
    private static readonly MappingException Unfit = new(MappingError.NotSupported, "read-only");

    private readonly WriteBackGuard _guard = new(PageSize);
    private readonly List<MemoryRange> _marked = [];
    private readonly Queue<Exception?> _failures = [];
    private int _writes;
    private Exception? _refusal;

    [Fact]
    public void Marks_nothing_as_long_as_nothing_fails()
    {
        _guard.Note(0, 10);
        Run();
        Run();
        Assert.Empty(_marked);
        Assert.Equal(2, _writes);
    }

    [Fact]
    public void Marks_what_was_written_at_once_and_not_what_is_durable()
    {
        _guard.Note(0, PageSize);
        Run(0, PageSize);
        _guard.Note(5 * PageSize, 1);
        _guard.Note(9 * PageSize, 1);
        AssertFails(Failed, 0, PageSize);
        Assert.Equal([new(5 * PageSize, PageSize), new(9 * PageSize, PageSize)], _marked);
        Run(0, 20 * PageSize);
        Assert.Equal(2, _marked.Count);
    }

    [Fact]
    public void Keeps_in_mind_what_failed_until_it_is_durable()
    {
        _guard.Note(3 * PageSize, 1);
        AssertFails(Failed, 0, 10 * PageSize);
        Run(0, PageSize);
        AssertFails(Failed, 0, PageSize);
        Assert.Equal([new(3 * PageSize, PageSize), new(3 * PageSize, PageSize)], _marked);
    }

    [Fact]
    public void Tries_twice_after_a_failure_because_the_system_reports_late()
    {
        _guard.Note(0, 1);
        AssertFails(Failed);
        Assert.Equal(1, _writes);
        _failures.Enqueue(Failed);
        Run();
        Assert.Equal(3, _writes);
        Assert.Equal(2, _marked.Count);
        AssertFails(Failed);
        AssertFails(Failed, failures: 2);
    }

    [Fact]
    public void Refuses_while_pages_cannot_be_marked()
    {
        _guard.Note(0, 1);
        _refusal = Unfit;
        AssertFails(Failed);
        MappingException refused = Assert.Throws<MappingException>(() => Run());
        Assert.Equal(nameof(MappingError.NotSupported), refused.ErrorId);
        Assert.Contains("read-only", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, _writes);
        _refusal = null;
        Run();
        Assert.Equal([new(0, PageSize)], _marked);
    }

    [Fact]
    public void A_stop_forgets_nothing_and_is_no_failure()
    {
        _guard.Note(0, 1);
        Assert.Throws<OperationCanceledException>(() => RunFailing(new OperationCanceledException()));
        Assert.Empty(_marked);
        AssertFails(Failed);
        Assert.Single(_marked);
    }

    [Fact]
    public void What_was_dropped_is_not_marked()
    {
        _guard.Note(0, 3 * PageSize);
        _guard.Drop(PageSize, PageSize);
        AssertFails(Failed);
        Assert.Equal([new(0, PageSize), new(2 * PageSize, PageSize)], _marked);
    }

    private void AssertFails(MappingException failure, long start = 0, long length = PageSize, int failures = 1)
    {
        for (int i = 1; i < failures; i++)
        {
            _failures.Enqueue(failure);
        }

        Assert.Same(failure, Assert.Throws<MappingException>(() => RunFailing(failure, start, length)));
    }

    private void RunFailing(Exception failure, long start = 0, long length = PageSize)
    {
        _failures.Enqueue(failure);
        Run(start, length);
    }

    private void Run(long start = 0, long length = PageSize) => _guard.Run(new MemoryRange(start, length), Write, Mark, Unwatched.Work);

    private void Write()
    {
        _writes++;
        if (_failures.TryDequeue(out Exception? failure) && failure is not null)
        {
            throw failure;
        }
    }

    private void Mark(MemoryRange pages)
    {
        if (_refusal is not null)
        {
            throw _refusal;
        }

        _marked.Add(pages);
    }
}
