@{
    RootModule           = 'MmapPS.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '6d7f1a2e-3b0c-4e57-9c55-8f6f0f4a1d27'
    Author               = 'MmapPS contributors'
    CompanyName          = 'MmapPS contributors'
    Copyright            = '(c) MmapPS contributors. MIT licence.'
    Description          = 'The whole of mmap(2) for PowerShell: map files, devices and memory, read and change them in place, make them durable, unmap them; without ever crashing the session.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core', 'Desktop')
    DotNetFrameworkVersion = '4.7.2'
    TypesToProcess       = @('MmapPS.types.ps1xml')
    FormatsToProcess     = @('MmapPS.format.ps1xml')
    CmdletsToExport      = @(
        'Clear-MappedByte'
        'Compare-MappedByte'
        'Copy-MappedByte'
        'Edit-MappedByte'
        'Find-MappedByte'
        'Format-MappedByte'
        'Get-MappedHash'
        'Get-MemoryMap'
        'Lock-MemoryMap'
        'Measure-MappedByte'
        'Measure-MemoryMap'
        'New-MemoryMap'
        'Protect-MemoryMap'
        'Read-MappedByte'
        'Read-MappedValue'
        'Remove-MemoryMap'
        'Resize-MemoryMap'
        'Set-MemoryMapAdvice'
        'Sync-MemoryMap'
        'Unlock-MemoryMap'
        'Use-MemoryMap'
        'Write-MappedByte'
        'Write-MappedValue'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('mmap', 'memory', 'mapping', 'binary', 'file', 'shared-memory', 'Linux', 'Windows', 'MacOS', 'PSEdition_Core', 'PSEdition_Desktop')
            LicenseUri   = 'https://opensource.org/license/mit'
            # The build puts the version's section of CHANGELOG.md here.
            ReleaseNotes = ''
        }
    }
}
