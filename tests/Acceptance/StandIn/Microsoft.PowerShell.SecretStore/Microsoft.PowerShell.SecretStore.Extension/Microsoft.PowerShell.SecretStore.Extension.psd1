@{
    ModuleVersion     = '1.0'
    GUID              = 'b3a7a3d8-6d0e-4f0f-8a55-0f1d6a3b7c32'
    RootModule        = 'Microsoft.PowerShell.SecretStore.Extension.psm1'
    FunctionsToExport = 'Get-Secret', 'Set-Secret', 'Remove-Secret', 'Get-SecretInfo', 'Set-SecretInfo', 'Test-SecretVault'
}
