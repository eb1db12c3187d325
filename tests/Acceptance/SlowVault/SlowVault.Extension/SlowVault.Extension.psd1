@{
    ModuleVersion     = '1.0'
    GUID              = '0f6b8d52-8f0f-4f0e-8a37-5a8b0d0f8b11'
    RootModule        = 'SlowVault.Extension.psm1'
    FunctionsToExport = 'Get-Secret', 'Set-Secret', 'Remove-Secret', 'Get-SecretInfo', 'Test-SecretVault'
}
