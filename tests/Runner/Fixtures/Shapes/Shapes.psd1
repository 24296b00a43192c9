@{
    RootModule        = 'Shapes.psm1'
    ModuleVersion     = '1.0'
    GUID              = '2e1f6c0b-4f38-4bfb-9a46-6d1f0b0f8f35'
    FunctionsToExport = 'New-Shape'
    FormatsToProcess  = 'Shapes.format.ps1xml'
}
