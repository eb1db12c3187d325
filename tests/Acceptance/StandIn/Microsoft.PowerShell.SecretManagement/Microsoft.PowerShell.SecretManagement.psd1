@{
    ModuleVersion     = '1.1'
    GUID              = '5d1d5b6e-52c5-4e0b-9a3e-6f7c2b1f9d10'
    Description       = 'For tests alone: the commands of SecretManagement that OAuthPS and its examples call. It keeps no secret safe.'
    RootModule        = 'Microsoft.PowerShell.SecretManagement.psm1'
    FunctionsToExport = @(
        'Get-Secret', 'Set-Secret', 'Remove-Secret', 'Get-SecretInfo', 'Set-SecretInfo'
        'Register-SecretVault', 'Unregister-SecretVault', 'Get-SecretVault', 'Test-SecretVault'
    )
}
