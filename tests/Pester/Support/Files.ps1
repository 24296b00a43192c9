# Files for tests, made and looked at without the module.

function New-TestFile {
    <#
    .SYNOPSIS
        Makes a file under TestDrive and returns its full path.
    .PARAMETER Text
        Its content, ASCII.
    .PARAMETER Size
        Without -Text: how many bytes, all holes.
    .PARAMETER Name
        Its name; default a new one.
    #>
    param(
        [Parameter(Position = 0)][string] $Text,
        [long] $Size,
        [string] $Name = (New-Guid)
    )

    # Cmdlets take a backslash in a name for a separator.
    $path = [IO.Path]::Combine($TestDrive, $Name)
    if ($Text) {
        [IO.File]::WriteAllText($path, $Text)
    }
    else {
        Set-FileLength $path $Size
    }

    $path
}

function Set-FileLength {
    <#
    .SYNOPSIS
        Makes a file shorter or, by a hole, longer, mapped or not. No cmdlet does.
    #>
    param([Parameter(Mandatory)][string] $Path, [Parameter(Mandatory)][long] $Length)

    $file = [IO.FileStream]::new($Path, 'OpenOrCreate', 'Write', 'ReadWrite, Delete')
    $file.SetLength($Length)
    $file.Dispose()
}

function New-RandomFile {
    <#
    .SYNOPSIS
        Makes a file of bytes that no two places of it share by chance, and returns its full path.
    #>
    param([Parameter(Mandatory)][int] $Size)

    $bytes = [byte[]]::new($Size)
    [Random]::new(7).NextBytes($bytes)
    $path = New-TestFile
    [IO.File]::WriteAllBytes($path, $bytes)
    $path
}

function ConvertTo-Visible {
    <#
    .SYNOPSIS
        Bytes as ASCII text, in which \x00 and the like stand for all that is not printable.
    .DESCRIPTION
        PowerShell's -eq and -ceq, and so Should -BeExactly, do not see zero characters: 'abc' -ceq "abc`0" is true.
    #>
    param([Parameter(Mandatory)][AllowEmptyCollection()][byte[]] $Bytes)

    [regex]::Replace([Text.Encoding]::GetEncoding(28591).GetString($Bytes), '[^ -~]', { '\x{0:x2}' -f [int]$args[0].Value[0] })
}

function Assert-Byte {
    <#
    .SYNOPSIS
        Bytes are those that are expected. Should -Be takes a second for 50,000 of them.
    .PARAMETER Bytes
        What was found. Get-Content gives nothing for an empty file.
    #>
    param(
        [Parameter(Mandatory)][AllowNull()][AllowEmptyCollection()][byte[]] $Bytes,
        [Parameter(Mandatory)][AllowEmptyCollection()][byte[]] $Expected
    )

    $Bytes ??= @()
    $Bytes.Length | Should -Be $Expected.Length
    if (-not [Linq.Enumerable]::SequenceEqual($Bytes, $Expected)) {
        for ($at = 0; $Bytes[$at] -eq $Expected[$at]; $at++) { }
        $Bytes[$at] | Should -Be $Expected[$at] -Because "the first difference is at $at"
    }
}

function Get-FileText {
    <#
    .SYNOPSIS
        The bytes of a file from an offset on, read from the file itself, as ConvertTo-Visible shows them.
    #>
    param([Parameter(Mandatory)][string] $Path, [long] $Offset = 0, [int] $Count = -1)

    $stream = [IO.FileStream]::new($Path, 'Open', 'Read', 'ReadWrite, Delete')
    try {
        $null = $stream.Seek($Offset, 'Begin')
        $buffer = [byte[]]::new($(if ($Count -ge 0) { $Count } else { $stream.Length - $Offset }))
        $stream.ReadExactly($buffer, 0, $buffer.Length)
        ConvertTo-Visible $buffer
    }
    finally {
        $stream.Dispose()
    }
}

function Get-AllocatedSize {
    <#
    .SYNOPSIS
        Bytes of storage that a file takes; a sparse file takes less than its length.
    #>
    param([Parameter(Mandatory)][string] $Path)

    if ($IsWindows) {
        $high = [uint32[]]::new(1)
        return $oracle::GetCompressedFileSizeW($Path, $high) + [long]$high[0] * 4GB
    }

    [long](Invoke-Program 'stat', '-c', '%b', $Path).Output * 512
}

if ($IsWindows) {
    . $PSScriptRoot/WindowsOracle.ps1
}
