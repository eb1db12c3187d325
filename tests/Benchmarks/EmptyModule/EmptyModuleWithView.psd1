@{
    RootModule           = 'EmptyModule.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = 'b1f0c2de-6a0f-4a53-9d0c-8a1d7c5b4e21'
    Author               = 'The OAuthPS maintainers'
    Description          = 'The same with one view.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('EmptyModule.Format.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @('Get-Nothing')
}
