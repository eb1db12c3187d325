@{
    RootModule           = 'OAuthPS.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = 'c2b9a6f4-0f51-4f0e-9c5e-3d1f6f6f8a57'
    Author               = 'The OAuthPS maintainers'
    CompanyName          = 'The OAuthPS maintainers'
    Copyright            = 'Copyright (c) The OAuthPS maintainers. MIT licence.'
    Description          = 'OAuth 2.0 in PowerShell: a valid access token, now, without thinking about it, and without a secret ever showing. Spacebring, SpatiaFi, JetBrains Space and Blynk are built in.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('OAuthPS.Format.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @(
        'Connect-OAuthProvider'
        'ConvertFrom-OAuthJwt'
        'Disconnect-OAuthProvider'
        'Get-OAuthProvider'
        'Get-OAuthRequestHeader'
        'Get-OAuthServerMetadata'
        'Get-OAuthSession'
        'Get-OAuthToken'
        'Get-OAuthUserInfo'
        'Get-SpatiaFiAppCredential'
        'Invoke-OAuthRestMethod'
        'New-OAuthClientAssertion'
        'New-SpatiaFiAppCredential'
        'Register-OAuthProvider'
        'Remove-SpatiaFiAppCredential'
        'Restore-OAuthSession'
        'Revoke-OAuthToken'
        'Save-OAuthSession'
        'Test-OAuthToken'
        'Unregister-OAuthProvider'
        'Update-OAuthToken'
    )
    PrivateData          = @{
        PSData = @{
            Tags = @('OAuth', 'OAuth2', 'OIDC', 'Token', 'Authentication', 'Security', 'Spacebring', 'SpatiaFi', 'JetBrainsSpace', 'Blynk', 'PSEdition_Core')
        }
    }
}
