# Import-Module in a new process, against binary modules of empty cmdlets: one that exports none, one that exports as many as
# MmapPS, and one that also has a view. The engine itself takes time for each manifest that exports cmdlets by name, and
# for the first view of a module, however many there are: it then rebuilds all views, including its own.
param([string] $Root, [string] $Work)

$program, $words = Get-PowerShellCommand
function Measure-Import {
    param([string] $Module)
    $text = '$c = [Diagnostics.Stopwatch]::StartNew(); Import-Module ''' + $Module + '''; $c.Elapsed.TotalMilliseconds'
    [double] (& $program @words -NoProfile -NonInteractive -Command $text)
}

function New-EmptyModule {
    param([string] $Name, [int] $CmdletCount, [switch] $WithView)
    $folder = New-Item (Join-Path $Work $Name EmptyModule) -ItemType Directory
    Copy-Item (Join-Path $Root out build bin EmptyModule release EmptyModule.dll) $folder
    $names = 1..24 | Select-Object -First $CmdletCount | ForEach-Object { "'Test-Empty{0:00}'" -f $_ }
    $text = (Get-Content (Join-Path $Root bench EmptyModule EmptyModule.psd1) -Raw).Replace(
        'CmdletsToExport   = @()', "CmdletsToExport   = @($($names -join ', '))")
    if ($WithView) {
        $text = $text.Replace('RootModule ', "FormatsToProcess  = @('EmptyModule.format.ps1xml')`n    RootModule ")
        Set-Content (Join-Path $folder EmptyModule.format.ps1xml) @'
<Configuration><ViewDefinitions><View>
  <Name>Empty</Name>
  <ViewSelectedBy><TypeName>Empty</TypeName></ViewSelectedBy>
  <WideControl><WideEntries><WideEntry><WideItem><PropertyName>Empty</PropertyName></WideItem></WideEntry></WideEntries></WideControl>
</View></ViewDefinitions></Configuration>
'@
    }
    $path = Join-Path $folder EmptyModule.psd1
    Set-Content $path $text
    $path
}

$ownPath = Join-Path $Root out MmapPS MmapPS.psd1
$cmdlets = (Get-Module MmapPS).ExportedCmdlets.Count
$none = New-EmptyModule 'none' 0
$same = New-EmptyModule 'same' $cmdlets
$view = New-EmptyModule 'view' $cmdlets -WithView
[double[]] $ours = @()
[double[]] $noneTimes = @()
[double[]] $sameTimes = @()
[double[]] $viewTimes = @()
for ($round = 0; $round -lt 11; $round++) {
    $ours += Measure-Import $ownPath
    $noneTimes += Measure-Import $none
    $sameTimes += Measure-Import $same
    $viewTimes += Measure-Import $view
}

New-TimeRow 'Import-Module in a new process, against an empty binary module without cmdlets' $ours $noneTimes -Limit 1.3
New-TimeRow "Import-Module in a new process, against $cmdlets empty cmdlets exported by name" $ours $sameTimes -Limit 1.3
New-TimeRow "Import-Module in a new process, against $cmdlets empty cmdlets and a view" $ours $viewTimes -Limit 1.3
