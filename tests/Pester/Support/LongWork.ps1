# Work in another runspace, watched until it has begun. Nothing here waits for a time to pass.

function New-Signal {
    <#
    .SYNOPSIS
        An event that is set when the first object is added to a collection. Compiled, because a script cannot run for it while
        this one waits, and the events of Register-ObjectEvent wait for a thread of the pool.
    #>
    param([Parameter(Mandatory)] [AllowEmptyCollection()] $Collection)

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
    param([Parameter(Mandatory)] [string] $Script, [string] $Stream = 'Progress', $Map)

    # One runspace serves all work that comes after another.
    if ($script:workspace.RunspaceAvailability -ne 'Available') {
        $session = [initialsessionstate]::CreateDefault2()
        $session.ImportPSModule($env:MMAPPS_MODULE)
        $script:workspace = [runspacefactory]::CreateRunspace($session)
        $script:workspace.Open()
    }
    $shell = [powershell]::Create($script:workspace).AddScript("param(`$map) $Script").AddArgument($Map)
    $output = [Management.Automation.PSDataCollection[psobject]]::new()
    $watched = if ($Stream -eq 'Progress') { , $shell.Streams.Progress } else { , $output }
    $signal = New-Signal $watched
    $result = $shell.BeginInvoke[psobject, psobject]([Management.Automation.PSDataCollection[psobject]]$null, $output)
    $came = $signal.Wait(60000)
    [pscustomobject]@{ Shell = $shell; Result = $result; Output = $output; Came = $came; First = $watched[0] }
}
