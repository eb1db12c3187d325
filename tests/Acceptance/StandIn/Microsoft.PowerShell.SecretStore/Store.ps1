# Where the store is, how it is locked, and whether it is.

function Get-StoreFolder { Join-Path ~ .secretmanagement/localstore }

function Get-ConfigurationPath { Join-Path (Get-StoreFolder) storeconfig }

# A store that was never set up is locked, as the real one is until somebody has chosen its password.
function Get-StoreConfiguration {
    if (Test-Path (Get-ConfigurationPath)) { Get-Content -Raw (Get-ConfigurationPath) | ConvertFrom-Json } else { [pscustomobject]@{ Authentication = 'Password'; Hash = '' } }
}

function Get-PasswordHash([securestring] $Password) {
    $text = ConvertFrom-SecureString $Password -AsPlainText
    [Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData([System.Text.Encoding]::UTF8.GetBytes($text)))
}

function Set-StoreConfiguration([string] $Authentication, [securestring] $Password) {
    $null = New-Item -ItemType Directory -Force (Get-StoreFolder)
    ConvertTo-Json @{ Authentication = $Authentication; Hash = $Authentication -eq 'Password' ? (Get-PasswordHash $Password) : '' } | Set-Content (Get-ConfigurationPath)
}

# Every runspace of the process sees the same, as with the real one.
function Set-Unlocked([bool] $Unlocked) { [AppDomain]::CurrentDomain.SetData('OAuthPS.StandIn.Unlocked', $Unlocked) }

function Test-Locked { (Get-StoreConfiguration).Authentication -eq 'Password' -and -not [AppDomain]::CurrentDomain.GetData('OAuthPS.StandIn.Unlocked') }
