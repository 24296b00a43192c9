using System.Threading.Tasks;
using Xunit;

namespace MmapPS.Runner;

/// <summary>Specs run by EngineHost -Spec. Each fixture has one thing wrong that must not go by unseen.</summary>
public sealed class SpecTests
{
    [Fact]
    public async Task Semantics_are_those_of_Pester()
    {
        HostResult result = await Host.RunSpec("Semantics");
        Assert.Equal("99 passed, 0 failed, 7 skipped", result.LastLine);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("skipping.skips while it runs: of this reason", result.Output);
        Assert.Empty(result.ErrorOutput);
    }

    [Theory]
    [InlineData("Failing", "1 passed, 1 failed", "Expected 3, because of a mistake, but got 2.")]
    [InlineData("Failing", "1 passed, 1 failed", "arithmetic.does not hold")]
    [InlineData("Failing", "1 passed, 1 failed", "Failing.Spec.ps1: line 5")]
    [InlineData("Throwing", "1 passed, 1 failed", "IOException: the disk is on fire")]
    [InlineData("Empty", "0 passed, 1 failed", "There is no It in this file.")]
    [InlineData("WithoutIt", "0 passed, 1 failed", "There is no It in this file.")]
    [InlineData("EmptyBlock", "0 passed, 1 failed", "There is no It in this block.")]
    [InlineData("Unparsable", "0 passed, 1 failed", "Missing closing '}'")]
    [InlineData("ItOutside", "0 passed, 1 failed", "It 'stands alone' is outside Describe and Context.")]
    [InlineData("ThrowingDiscovery", "0 passed, 1 failed", "discovery is broken")]
    [InlineData("ThrowingBlock", "0 passed, 1 failed", "the body is broken")]
    [InlineData("ThrowingBeforeAll", "1 passed, 2 failed", "the setup is broken")]
    [InlineData("ThrowingBeforeAll", "1 passed, 2 failed", "Not run: BeforeAll of a block failed.")]
    [InlineData("ThrowingAfterAll", "1 passed, 1 failed", "the end is broken")]
    [InlineData("ThrowingEach", "0 passed, 2 failed", "BeforeEach is broken")]
    [InlineData("ThrowingEach", "0 passed, 2 failed", "AfterEach is broken")]
    [InlineData("UnknownOperator", "0 passed, 3 failed", "parameter name 'BeBig'")]
    [InlineData("UnknownOperator", "0 passed, 3 failed", "parameter name 'Loudly'")]
    [InlineData("Mocking", "0 passed, 2 failed", "Mock is not part of EngineHost's spec runner")]
    [InlineData("Mocking", "0 passed, 2 failed", "InModuleScope is not part of EngineHost's spec runner")]
    [InlineData("Leaving", "1 passed, 2 failed", "break, continue or exit left the script block")]
    [InlineData("Leaving", "1 passed, 2 failed", "Leaving.Spec.ps1:2")]
    [InlineData("NoData", "0 passed, 1 failed", "has no items")]
    [InlineData("Nested", "0 passed, 1 failed", "not while a test runs")]
    public async Task A_fault_fails_the_run_and_is_named(string spec, string counts, string said)
    {
        HostResult result = await Host.RunSpec(spec);
        Assert.Equal(counts + ", 0 skipped", result.LastLine);
        Assert.Contains(said, result.Output);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task A_setup_that_throws_keeps_the_test_from_running()
    {
        HostResult result = await Host.RunSpec("ThrowingEach");
        Assert.DoesNotContain("it ran", result.Output);
    }

    [Fact]
    public async Task An_undecided_test_is_a_skipped_one_with_its_reason()
    {
        HostResult result = await Host.RunSpec("Undecided");
        Assert.Equal("0 passed, 0 failed, 2 skipped", result.LastLine);
        Assert.Contains("a test.is inconclusive: inconclusive: nobody knows", result.Output);
    }

    [Fact]
    public async Task Children_are_told_which_program_runs_the_specs()
    {
        HostResult result = await Host.RunSpec("Children");
        Assert.Equal("1 passed, 0 failed, 0 skipped", result.LastLine);
    }

    [Fact]
    public async Task Several_files_are_summed_up_and_one_fault_fails_them_all()
    {
        HostResult result = await Host.RunSpec("Failing", "-Spec", Host.Fixture("Undecided.Spec.ps1"));
        Assert.Equal("1 passed, 1 failed, 2 skipped", result.LastLine);
        Assert.Equal(1, result.ExitCode);
    }

    [Theory]
    [InlineData("holds")]
    [InlineData("ARITHMETIC.h*")]
    public async Task A_filter_leaves_other_tests_out(string filter)
    {
        HostResult result = await Host.RunSpec("Failing", "-Filter", filter, "-Detailed");
        Assert.Equal("1 passed, 0 failed, 0 skipped", result.LastLine);
        Assert.Contains("passed   arithmetic.holds", result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task A_filter_that_leaves_nothing_fails_the_run()
    {
        HostResult result = await Host.RunSpec("Failing", "-Filter", "nothing of the kind");
        Assert.Equal("0 passed, 0 failed, 0 skipped", result.LastLine);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task A_folder_without_specs_fails_the_run()
    {
        HostResult result = await Host.Run("-Spec", Host.Fixture("Shapes"));
        Assert.Equal("0 passed, 0 failed, 0 skipped", result.LastLine);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task A_module_that_cannot_be_imported_fails_the_run()
    {
        HostResult result = await Host.RunSpec("Failing", "-Module", Host.Fixture("Unfinished.ps1"), "-Filter", "holds");
        Assert.Equal("0 passed, 1 failed, 0 skipped", result.LastLine);
        Assert.NotEqual(0, result.ExitCode);
        Assert.NotEmpty(result.ErrorOutput);
    }
}
