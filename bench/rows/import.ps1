# Import-Module in a new process, against binary modules of empty cmdlets: one that exports none, and one that exports as
# many as MmapPS. The engine itself takes its time for each manifest that exports cmdlets by name.
param([string] $Root, [string] $Work)

$hostProgram = $env:MMAPPS_HOST
function Measure-Import {
    param([string] $Module)
    $text = '$c = [Diagnostics.Stopwatch]::StartNew(); Import-Module ''' + $Module + '''; $c.Elapsed.TotalMilliseconds'
    [double] (& $hostProgram -NoProfile -NonInteractive -Command $text)
}

function New-EmptyModule {
    param([string] $Name, [int] $CmdletCount)
    $folder = [IO.Path]::Combine($Work, $Name, 'EmptyModule')
    $null = [IO.Directory]::CreateDirectory($folder)
    [IO.File]::Copy([IO.Path]::Combine($Root, 'out/build/bin/EmptyModule/release/EmptyModule.dll'), [IO.Path]::Combine($folder, 'EmptyModule.dll'))
    $names = foreach ($i in 1..24) { if ($i -le $CmdletCount) { "'Test-Empty{0:00}'" -f $i } }
    $manifest = [IO.File]::ReadAllText([IO.Path]::Combine($Root, 'bench/EmptyModule/EmptyModule.psd1'))
    $path = [IO.Path]::Combine($folder, 'EmptyModule.psd1')
    [IO.File]::WriteAllText($path, $manifest.Replace('CmdletsToExport   = @()', "CmdletsToExport   = @($($names -join ', '))"))
    $path
}

$ownPath = [IO.Path]::Combine($Root, 'out/MmapPS/MmapPS.psd1')
$cmdlets = (Get-Module MmapPS).ExportedCmdlets.Count
$none = New-EmptyModule 'none' 0
$same = New-EmptyModule 'same' $cmdlets
[double[]] $ours = @()
[double[]] $noneTimes = @()
[double[]] $sameTimes = @()
for ($round = 0; $round -lt 11; $round++) {
    $ours += Measure-Import $ownPath
    $noneTimes += Measure-Import $none
    $sameTimes += Measure-Import $same
}

New-TimeRow 'Import-Module in a new process, against an empty binary module without cmdlets' $ours $noneTimes -Limit 1.3
New-TimeRow "Import-Module in a new process, against $cmdlets empty cmdlets exported by name" $ours $sameTimes -Limit 1.3
