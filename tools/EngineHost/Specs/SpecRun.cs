using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;

namespace EngineHost.Specs;

/// <summary>One spec file on its way through the two phases of Pester 5: discovery runs the file and the blocks' bodies to
/// learn what there is; the run then calls the setups and the tests, and none of the bodies again.</summary>
internal sealed class SpecRun(string path, WildcardPattern filter)
{
    // The cmdlets of the specs find their run here; a runspace has one thread and a file one runspace.
    [ThreadStatic]
    private static SpecRun? current;

    private readonly SpecBlock root = new(null, string.Empty, null, SpecData.None, skip: false);
    private readonly List<SpecFailure> failures = [];
    private int brokenParts;
    private SpecBlock? discovering;
    private SpecTest? running;

    public static SpecRun Current =>
        current ?? throw new PSInvalidOperationException("This command works in a spec file only, run by EngineHost -Spec.");

    public string Path { get; } = path;

    /// <summary>All that went wrong, in order.</summary>
    public IReadOnlyList<SpecFailure> Failures => failures;

    /// <summary>Failed tests, and parts that failed without taking a test with them: discovery, an AfterAll, an empty block.</summary>
    public int FailedCount => Count(SpecOutcome.Failed) + brokenParts;

    public IEnumerable<SpecTest> Tests => root.Tests;

    /// <summary>The block whose body is being discovered.</summary>
    public SpecBlock Discovering =>
        discovering
            ?? throw new PSInvalidOperationException("Blocks and tests are declared in the file or in a block, not while a test runs.");

    /// <summary>The test that is running.</summary>
    public SpecTest Running => running ?? throw new PSInvalidOperationException("There is no test running.");

    public bool IsTopLevel => Discovering == root;

    public int Count(SpecOutcome outcome) => Tests.Count(test => test.Outcome == outcome);

    public void Execute(SpecScope scope, SessionState session)
    {
        current = this;
        try
        {
            Discover(scope);
            if (failures.Count == 0 && root.Tests.Any(IsSelected))
            {
                using var drive = new TestDrive(session);
                Run(root, scope, drive);
            }
        }
        finally
        {
            current = null;
        }
    }

    /// <summary>Takes a block found by discovery, and discovers what is in it.</summary>
    public void Enter(SpecBlock block, SpecScope scope)
    {
        SpecBlock outer = Discovering;
        outer.Children.Add(block);
        discovering = block;
        ErrorRecord? error = null;
        SpecScope.Nest(block.Data.Variables, () => error = scope.Run(block.Body!, block.Data));
        discovering = outer;
        if (error is not null)
        {
            throw new RuntimeException(error.Exception.Message, error.Exception, error);
        }

        if (!block.Tests.Any())
        {
            Break(new SpecFailure(block.FullName, "There is no It in this block.", block.Location));
        }
    }

    private void Discover(SpecScope scope)
    {
        discovering = root;
        ErrorRecord? error = scope.RunFile(Path);
        discovering = null;
        if (error is not null)
        {
            Break(SpecFailure.From("Discovery", error, Path));
        }
        else if (!root.Tests.Any())
        {
            Break(new SpecFailure("Discovery", "There is no It in this file.", Path));
        }
    }

    private bool IsSelected(SpecTest test) => filter.IsMatch(test.FullName);

    private void Run(SpecBlock block, SpecScope scope, TestDrive drive) => SpecScope.Nest(block.Data.Variables, () =>
    {
        block.Name = SpecName.Expand(block.Name);
        bool active = block.Tests.Any(test => IsSelected(test) && !test.Skip);
        using IDisposable contents = drive.Keep();
        ErrorRecord? broken = active ? RunSetups([block], SetupKind.BeforeAll, block.Data, scope) : null;
        if (broken is not null)
        {
            failures.Add(SpecFailure.From(Describe(block, SetupKind.BeforeAll), broken, block.Location));
        }

        foreach (SpecNode child in block.Children)
        {
            switch (child)
            {
                case SpecBlock inner when broken is null:
                    Run(inner, scope, drive);
                    break;
                case SpecTest test when broken is null:
                    Run(test, scope);
                    break;
                default:
                    FailUnder(block, child.Tests);
                    break;
            }
        }

        if (active && RunSetups([block], SetupKind.AfterAll, block.Data, scope) is { } error)
        {
            Break(SpecFailure.From(Describe(block, SetupKind.AfterAll), error, block.Location));
        }
    });

    private void Run(SpecTest test, SpecScope scope)
    {
        if (!IsSelected(test))
        {
            return;
        }

        SpecScope.Nest(test.Data.Variables, () =>
        {
            test.Name = SpecName.Expand(test.Name);
            if (test.Skip)
            {
                test.Outcome = SpecOutcome.Skipped;
                return;
            }

            running = test;
            long start = Stopwatch.GetTimestamp();
            Conclude(test, RunInScope(test, scope));
            test.Duration = Stopwatch.GetElapsedTime(start);
            running = null;
        });
    }

    private static ErrorRecord? RunInScope(SpecTest test, SpecScope scope)
    {
        List<SpecBlock> around = [];
        for (SpecBlock? block = test.Parent; block is not null; block = block.Parent)
        {
            around.Add(block);
        }

        ErrorRecord? error = RunSetups(Enumerable.Reverse(around), SetupKind.BeforeEach, test.Data, scope)
            ?? scope.Run(test.Body!, test.Data);
        ErrorRecord? errorAfter = RunSetups(around, SetupKind.AfterEach, test.Data, scope);
        return error ?? errorAfter;
    }

    private static ErrorRecord? RunSetups(IEnumerable<SpecBlock> blocks, SetupKind kind, SpecData data, SpecScope scope)
    {
        // What comes before must all succeed; what comes after must all be tried.
        ErrorRecord? first = null;
        foreach (ScriptBlock setup in blocks.SelectMany(block => block.Setups(kind)))
        {
            if (first is null || kind is SetupKind.AfterEach or SetupKind.AfterAll)
            {
                ErrorRecord? error = scope.Run(setup, data);
                first ??= error;
            }
        }

        return first;
    }

    private void Conclude(SpecTest test, ErrorRecord? error)
    {
        if (error is null)
        {
            test.Outcome = SpecOutcome.Passed;
        }
        else if (error.Exception is TestNotDecidedException undecided)
        {
            test.Outcome = SpecOutcome.Skipped;
            test.Reason = undecided.Message;
        }
        else
        {
            test.Outcome = SpecOutcome.Failed;
            failures.Add(SpecFailure.From(test.FullName, error, test.Location));
        }
    }

    private void FailUnder(SpecBlock block, IEnumerable<SpecTest> tests)
    {
        foreach (SpecTest test in tests.Where(IsSelected))
        {
            test.Outcome = test.Skip ? SpecOutcome.Skipped : SpecOutcome.Failed;
            if (!test.Skip)
            {
                failures.Add(new SpecFailure(test.FullName, $"Not run: {Describe(block, SetupKind.BeforeAll)} failed.", test.Location));
            }
        }
    }

    private static string Describe(SpecBlock block, SetupKind kind) =>
        block.Parent is null ? $"{kind} of the file" : $"{kind} of {block.FullName}";

    private void Break(SpecFailure failure)
    {
        brokenParts++;
        failures.Add(failure);
    }
}
