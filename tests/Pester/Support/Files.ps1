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
        [string] $Name = [IO.Path]::GetRandomFileName()
    )

    $path = [IO.Path]::Combine($TestDrive, $Name)
    if ($Text) {
        [IO.File]::WriteAllText($path, $Text)
    }
    else {
        $stream = [IO.File]::Create($path)
        $stream.SetLength($Size)
        $stream.Dispose()
    }

    $path
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

function Get-FileByte {
    <#
    .SYNOPSIS
        All bytes of a file, read from the file itself. ReadAllBytes lets nobody write meanwhile, which Windows denies it
        while a region may.
    #>
    param([Parameter(Mandatory)][string] $Path)

    $stream = [IO.FileStream]::new($Path, 'Open', 'Read', 'ReadWrite, Delete')
    try {
        $buffer = [byte[]]::new($stream.Length)
        $stream.ReadExactly($buffer, 0, $buffer.Length)
        , $buffer
    }
    finally {
        $stream.Dispose()
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

function Get-Sha256 {
    <#
    .SYNOPSIS
        The SHA-256 of bytes or of a stream from its position on.
    #>
    param([Parameter(Mandatory)] $Of)

    $algorithm = [Security.Cryptography.SHA256]::Create()
    try {
        [Convert]::ToHexString($algorithm.ComputeHash($Of))
    }
    finally {
        $algorithm.Dispose()
    }
}

if ($IsWindows) {
    . $PSScriptRoot/WindowsOracle.ps1
}
