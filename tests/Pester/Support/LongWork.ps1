# Work in another runspace, watched until it has begun. Nothing here waits for a time to pass.

function New-Signal {
    <#
    .SYNOPSIS
        An event that is set when the first object is added to a collection. Compiled, because a script cannot run for it while
        this one waits.
    #>
    param([Parameter(Mandatory)][AllowEmptyCollection()] $Collection)

    $signal = [Threading.ManualResetEventSlim]::new()
    $parameters = [Linq.Expressions.ParameterExpression[]](
        [Linq.Expressions.Expression]::Parameter([object]),
        [Linq.Expressions.Expression]::Parameter([Management.Automation.DataAddedEventArgs]))
    $call = [Linq.Expressions.Expression]::Call([Linq.Expressions.Expression]::Constant($signal), $signal.GetType().GetMethod('Set'))
    $Collection.add_DataAdded(
        [Linq.Expressions.Expression]::Lambda([EventHandler[Management.Automation.DataAddedEventArgs]], $call, $parameters).Compile())
    $signal
}

function Start-Work {
    <#
    .SYNOPSIS
        Starts script text in another runspace, with the module, and returns once it has emitted or shown its first object.
    .DESCRIPTION
        Shell and Result are for EndInvoke; Output is what came out until then. Came tells whether there was an object within a minute, First is it.
    .PARAMETER Stream
        What is waited for: Progress or Output.
    .PARAMETER Map
        What $map is in the text.
    #>
    param([Parameter(Mandatory)][string] $Script, [Parameter(Mandatory)][string] $Stream, $Map)

    $shell = [PowerShell]::Create()
    $null = $shell.AddScript('param($map) Import-Module $env:MMAPPS_MODULE; ' + $Script).AddArgument($Map)
    $output = [Management.Automation.PSDataCollection[psobject]]::new()
    $watched = if ($Stream -eq 'Progress') { , $shell.Streams.Progress } else { , $output }
    $signal = New-Signal $watched
    $begin = [PowerShell].GetMethods() | Where-Object { $_.Name -eq 'BeginInvoke' -and $_.IsGenericMethod -and $_.GetParameters().Count -eq 2 }
    $result = $begin.MakeGenericMethod([psobject], [psobject]).Invoke($shell, @($null, $output))
    $came = $signal.Wait(60000)
    [PSCustomObject]@{ Shell = $shell; Result = $result; Output = $output; Came = $came; First = $watched[0] }
}

function Measure-Stop {
    <#
    .SYNOPSIS
        Starts script text as Start-Work does and stops it then: an object a try, with the Milliseconds of the best so far. The
        machine may be busy, so there are up to ten tries; the last object has the best.
    #>
    param([Parameter(Mandatory)][string] $Script, [Parameter(Mandatory)][string] $Stream, $Map)

    $best = [long]::MaxValue
    for ($i = 0; $i -lt 10 -and $best -ge 100; $i++) {
        $work = Start-Work $Script $Stream $Map
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $work.Shell.Stop()
        $best = [Math]::Min($best, $clock.ElapsedMilliseconds)
        [PSCustomObject]@{ Came = $work.Came; Milliseconds = $best; First = $work.First; State = $work.Shell.InvocationStateInfo.State }
        $work.Shell.Dispose()
    }
}
