using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace MmapPS.Runner;

/// <summary>Scripts and commands run by EngineHost as pwsh runs them.</summary>
public sealed class ScriptTests
{
    private static readonly string[] Shown = ["Number of corners", "-----------------", "4"];

    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("throw 'x'", 1)]
    [InlineData("NoSuchCommand", 1)]
    [InlineData("NoSuchCommand; 1", 0)]
    [InlineData("if (", 1)]
    public async Task A_command_leaves_its_exit_code(string text, int exitCode)
    {
        HostResult result = await Host.RunCommand(text);
        Assert.Equal(exitCode, result.ExitCode);
    }

    [Fact]
    public async Task A_script_leaves_its_exit_code()
    {
        HostResult result = await Host.Run(Host.Fixture("Exit.ps1"), "-Code", "42");
        Assert.Equal(42, result.ExitCode);
        Assert.Equal("before", result.Output.Trim());
        Assert.Empty(result.ErrorOutput);
    }

    [Fact]
    public async Task A_native_command_leaves_its_exit_code_to_the_script()
    {
        HostResult result = await Host.RunCommand("& $env:MMAPPS_HOST -Command 'exit 5'; $LASTEXITCODE");
        Assert.Equal("5", result.Output.Trim());
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Errors_go_to_stderr_with_their_place()
    {
        HostResult result = await Host.Run(Host.Fixture("Errors.ps1"));
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("goes on", result.Output.Trim());
        Assert.Contains("Get-NoSuchThing:", result.ErrorOutput);
        Assert.Contains("Errors.ps1:2", result.ErrorOutput);
        Assert.Contains("~~~~~~~~~~~~~~~", result.ErrorOutput);
        Assert.Contains("this is the end", result.ErrorOutput);
    }

    [Fact]
    public async Task An_error_of_a_cmdlet_in_a_command_is_one_line()
    {
        HostResult result = await Host.RunCommand("Import-Module NoSuchModule");
        Assert.StartsWith("Import-Module: The specified module 'NoSuchModule' was not loaded", result.ErrorOutput);
        Assert.DoesNotContain("~~~", result.ErrorOutput);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_script_that_does_not_parse_is_an_error()
    {
        HostResult result = await Host.Run(Host.Fixture("Unfinished.ps1"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("ParserError", result.ErrorOutput);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("Name=a b Force=True Count=3 Rest=x|y", "-Name", "a b", "-Force", "-Count", "3", "x", "y")]
    [InlineData("Name=it's Force=False Count=7 Rest=", "it's", "-Force:$false")]
    [InlineData("Name=$x;1 Force=False Count=7 Rest=", "-Name:$x;1")]
    [InlineData("Name=-1 Force=False Count=7 Rest=", "-1")]
    public async Task A_script_takes_its_arguments_as_pwsh_gives_them(string said, params string[] words)
    {
        HostResult result = await Host.Run(["-NoProfile", "-File", Host.Fixture("Arguments.ps1"), .. words]);
        Assert.Empty(result.ErrorOutput);
        Assert.Equal(said, result.Output.Trim());
    }

    [Fact]
    public async Task A_wrong_argument_of_a_script_is_an_error()
    {
        HostResult result = await Host.Run(Host.Fixture("Arguments.ps1"), "-Count", "many");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Count", result.ErrorOutput);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData]
    [InlineData("-Loudly")]
    [InlineData("no such script.ps1")]
    [InlineData("-Spec")]
    public async Task A_wrong_command_line_shows_how_it_goes(params string[] words)
    {
        HostResult result = await Host.Run(words);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("usage: EngineHost", result.ErrorOutput);
    }

    [Fact]
    public async Task Objects_are_shown_by_the_views_of_their_module()
    {
        HostResult result = await Host.Run("-Module", Host.Fixture(Path.Combine("Shapes", "Shapes.psd1")), "-Command", "New-Shape");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(Shown, Array.ConvertAll(result.Lines, line => line.Trim()));
    }

    [Fact]
    public async Task Redirected_output_is_120_columns_wide()
    {
        HostResult result = await Host.RunCommand("$host.UI.RawUI.BufferSize.Width");
        Assert.Equal("120", result.Output.Trim());
    }

    [Fact]
    public async Task Streams_are_marked_as_pwsh_marks_them()
    {
        HostResult result = await Host.RunCommand(
            "$VerbosePreference = $DebugPreference = 'Continue'; function f { [CmdletBinding()] param() "
            + "$PSCmdlet.WriteVerbose('v'); $PSCmdlet.WriteDebug('d'); $PSCmdlet.WriteWarning('w'); "
            + "$PSCmdlet.WriteInformation('i', [string[]]@('PSHOST')) }; f");
        Assert.Contains("VERBOSE: v", result.Output);
        Assert.Contains("DEBUG: d", result.Output);
        Assert.Contains("WARNING: w", result.Output);
        Assert.Empty(result.ErrorOutput);
    }

    [Fact]
    public async Task Redirected_progress_is_silent()
    {
        HostResult result = await Host.RunCommand(
            "$host.UI.WriteProgress(1, [Management.Automation.ProgressRecord]::new(1, 'work', 'half'))");
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Empty(result.ErrorOutput);
    }

    [Theory]
    [InlineData("$host.UI.ReadLine()")]
    [InlineData("$host.UI.PromptForCredential('a', 'b', 'c', 'd')")]
    public async Task A_question_without_anybody_to_answer_is_an_error(string text)
    {
        HostResult result = await Host.RunCommand(text);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("EngineHost", result.ErrorOutput);
    }

    [Fact]
    public async Task A_script_may_make_a_runspace_of_its_own()
    {
        HostResult result = await Host.RunCommand("[powershell]::Create().AddScript('1 + 1').Invoke()");
        Assert.Empty(result.ErrorOutput);
        Assert.Equal("2", result.Output.Trim());
    }

    [Fact]
    public async Task The_driver_runs_a_script_with_the_module_and_leaves_its_exit_code()
    {
        string text = $"$env:MMAPPS_SCRIPT = '{Host.Fixture("Exit.ps1")}'; "
            + $"& $env:MMAPPS_HOST -File '{Host.Fixture("run.ps1")}' -Code 42; $LASTEXITCODE";
        HostResult result = await Host.Run("-Module", Host.Fixture(Path.Combine("Shapes", "Shapes.psd1")), "-Command", text);
        Assert.Empty(result.ErrorOutput);
        Assert.Equal("before\n42", result.Output.Trim().ReplaceLineEndings("\n"));
    }
}
