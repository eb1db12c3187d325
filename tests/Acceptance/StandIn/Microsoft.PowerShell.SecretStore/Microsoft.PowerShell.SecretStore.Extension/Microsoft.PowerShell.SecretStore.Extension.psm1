# What SecretManagement asks of a vault. A secret is a file, so that processes that write different ones do not meet.

using namespace Microsoft.PowerShell.SecretManagement

. (Join-Path $PSScriptRoot ../Store.ps1)

class PasswordRequiredException : System.InvalidOperationException {
    PasswordRequiredException([string] $message) : base($message) { }
}

function Assert-Unlocked {
    if (Test-Locked) {
        throw [PasswordRequiredException]::new("A valid password is required to access the Microsoft.PowerShell.SecretStore vault.`nUse the Unlock-SecretStore cmdlet to provide the required password to access the store.")
    }
}

function Get-SecretPath([string] $Name) { Join-Path (Get-StoreFolder) "$([Convert]::ToHexString([System.Text.Encoding]::UTF8.GetBytes($Name.ToLowerInvariant()))).json" }

function Read-Entry([string] $Path) { if (Test-Path -LiteralPath $Path) { Get-Content -Raw -LiteralPath $Path | ConvertFrom-Json -AsHashtable } }

# Another process reads the old one or the new one, never half of one.
function Write-Entry([hashtable] $Entry) {
    $new = Join-Path (Get-StoreFolder) "$([guid]::NewGuid()).new"
    ConvertTo-Json $Entry -Depth 4 | Set-Content -LiteralPath $new
    [System.IO.File]::Move((Resolve-Path -LiteralPath $new).ProviderPath, (Join-Path (Resolve-Path (Get-StoreFolder)).ProviderPath (Split-Path (Get-SecretPath $Entry.Name) -Leaf)), $true)
}

function Get-Secret {
    param([string] $Name, [string] $VaultName, [hashtable] $AdditionalParameters)
    Assert-Unlocked
    $entry = Read-Entry (Get-SecretPath $Name)
    switch ($entry.Type) {
        'String' { $entry.Value }
        'SecureString' { ConvertTo-SecureString $entry.Value -AsPlainText -Force }
        'PSCredential' { [pscredential]::new($entry.User, (ConvertTo-SecureString $entry.Value -AsPlainText -Force)) }
    }
}

function Set-Secret {
    param([string] $Name, [object] $Secret, [string] $VaultName, [hashtable] $AdditionalParameters)
    Assert-Unlocked
    $entry = @{ Name = $Name; Metadata = @{} }
    $entry += switch ($Secret) {
        { $_ -is [string] } { @{ Type = 'String'; Value = $_ } }
        { $_ -is [securestring] } { @{ Type = 'SecureString'; Value = ConvertFrom-SecureString $_ -AsPlainText } }
        { $_ -is [pscredential] } { @{ Type = 'PSCredential'; User = $_.UserName; Value = $_.GetNetworkCredential().Password } }
        default { throw [System.InvalidOperationException]::new('Invalid type. Types supported: string, SecureString, PSCredential') }
    }
    Write-Entry $entry
}

function Remove-Secret {
    param([string] $Name, [string] $VaultName, [hashtable] $AdditionalParameters)
    Assert-Unlocked
    if (-not (Test-Path -LiteralPath (Get-SecretPath $Name))) {
        throw [System.Management.Automation.ItemNotFoundException]::new("Remove-Secret error in vault $VaultName : Secret not found")
    }

    Remove-Item -LiteralPath (Get-SecretPath $Name)
}

function Get-SecretInfo {
    param([string] $Filter, [string] $VaultName, [hashtable] $AdditionalParameters)
    Assert-Unlocked
    foreach ($file in Get-ChildItem (Get-StoreFolder) -Filter *.json) {
        $entry = Read-Entry $file.FullName
        if ($entry.Name -like $Filter) { [SecretInformation]::new($entry.Name, [SecretType] $entry.Type, $VaultName, $entry.Metadata) }
    }
}

function Set-SecretInfo {
    param([string] $Name, [hashtable] $Metadata, [string] $VaultName, [hashtable] $AdditionalParameters)
    Assert-Unlocked
    $entry = Read-Entry (Get-SecretPath $Name)
    if (-not $entry) {
        throw [System.Management.Automation.ItemNotFoundException]::new("Set-SecretInfo error in vault $VaultName : Microsoft.PowerShell.SecretStore vault cannot write metadata to $Name because the secret does not exist.")
    }

    $entry.Metadata = $Metadata
    Write-Entry $entry
}

function Test-SecretVault {
    param([string] $VaultName, [hashtable] $AdditionalParameters)
    -not (Test-Locked)
}
