# What SecretManagement asks of a vault. Each command begins with the wait; the secrets are for tests only, and lie there as text.
# The time a vault takes is real: SecretManagement has no clock to be given.

using namespace Microsoft.PowerShell.SecretManagement

function Wait-Answer([hashtable] $AdditionalParameters) {
    $seconds = Join-Path $AdditionalParameters.Folder seconds
    Add-Content -LiteralPath (Join-Path $AdditionalParameters.Folder asked) -Value (Get-PSCallStack)[1].FunctionName
    if (Test-Path -LiteralPath $seconds) { Start-Sleep -Seconds (Get-Content -LiteralPath $seconds) }
}

function Get-SecretPath([string] $Name, [hashtable] $AdditionalParameters) { Join-Path $AdditionalParameters.Folder "$Name.secret" }

function Get-Secret {
    param([string] $Name, [string] $VaultName, [hashtable] $AdditionalParameters)
    Wait-Answer $AdditionalParameters
    $path = Get-SecretPath $Name $AdditionalParameters
    if (Test-Path -LiteralPath $path) { ConvertTo-SecureString (Get-Content -Raw -LiteralPath $path) -AsPlainText -Force }
}

function Set-Secret {
    param([string] $Name, [object] $Secret, [string] $VaultName, [hashtable] $AdditionalParameters)
    Wait-Answer $AdditionalParameters
    Set-Content -NoNewline -LiteralPath (Get-SecretPath $Name $AdditionalParameters) -Value (ConvertFrom-SecureString $Secret -AsPlainText)
}

function Remove-Secret {
    param([string] $Name, [string] $VaultName, [hashtable] $AdditionalParameters)
    Wait-Answer $AdditionalParameters
    Remove-Item -LiteralPath (Get-SecretPath $Name $AdditionalParameters)
}

function Get-SecretInfo {
    param([string] $Filter, [string] $VaultName, [hashtable] $AdditionalParameters)
    Wait-Answer $AdditionalParameters
    foreach ($file in Get-ChildItem -LiteralPath $AdditionalParameters.Folder -Filter *.secret) {
        if ($file.BaseName -like $Filter) { [SecretInformation]::new($file.BaseName, [SecretType]::SecureString, $VaultName) }
    }
}

function Test-SecretVault {
    param([string] $VaultName, [hashtable] $AdditionalParameters)
    $true
}
