# Import-Module in a new process, against an empty binary module.
param([string] $Root, [string] $Work)

$hostProgram = $env:MMAPPS_HOST
function Measure-Import {
    param([string] $Module)
    $text = '$c = [Diagnostics.Stopwatch]::StartNew(); Import-Module ''' + $Module + '''; $c.Elapsed.TotalMilliseconds'
    [double] (& $hostProgram -NoProfile -NonInteractive -Command $text)
}

$empty = [IO.Path]::Combine($Work, 'EmptyModule')
$null = [IO.Directory]::CreateDirectory($empty)
[IO.File]::Copy([IO.Path]::Combine($Root, 'bench/EmptyModule/EmptyModule.psd1'), [IO.Path]::Combine($empty, 'EmptyModule.psd1'))
[IO.File]::Copy([IO.Path]::Combine($Root, 'out/build/bin/EmptyModule/release/EmptyModule.dll'), [IO.Path]::Combine($empty, 'EmptyModule.dll'))
$emptyPath = [IO.Path]::Combine($empty, 'EmptyModule.psd1')
$ownPath = [IO.Path]::Combine($Root, 'out/MmapPS/MmapPS.psd1')

[double[]] $ours = @()
[double[]] $peer = @()
[double[]] $ratio = @()
for ($round = 0; $round -lt 11; $round++) {
    $a = Measure-Import $ownPath
    $b = Measure-Import $emptyPath
    $ours += $a
    $peer += $b
    $ratio += $a / $b
}
$value = Get-Median $ratio
[PSCustomObject]@{
    Row    = 'Import-Module in a new process, against an empty binary module'
    OursMs = [Math]::Round((Get-Median $ours), 3)
    PeerMs = [Math]::Round((Get-Median $peer), 3)
    Ratio  = [Math]::Round($value, 3)
    Wanted = '<= 1.3'
    Met    = $value -le 1.3
}
