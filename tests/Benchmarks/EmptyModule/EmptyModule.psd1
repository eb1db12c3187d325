@{
    RootModule           = 'EmptyModule.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '7d4bb2a8-39c5-4d1b-a0be-5d6f6a2a1b60'
    Author               = 'The OAuthPS maintainers'
    Description          = 'The least that a compiled module can be.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @('Get-Nothing')
}
