@{
    ModuleVersion     = '1.0'
    GUID              = '0c3b9a42-5b68-4a52-8d0a-2c0f0d6c7e21'
    Description       = 'For tests alone: a vault in a folder, with the commands of SecretStore that OAuthPS and its examples call. It keeps no secret safe.'
    RootModule        = 'Microsoft.PowerShell.SecretStore.psm1'
    NestedModules     = './Microsoft.PowerShell.SecretStore.Extension'
    FunctionsToExport = 'Reset-SecretStore', 'Unlock-SecretStore', 'Set-SecretStoreConfiguration'
    PrivateData       = @{ PSData = @{ Tags = 'SecretManagement' } }
}
