# A stand-in for SecretStore where it is not installed. Like the real one it has one store for each user, below the home folder.

. (Join-Path $PSScriptRoot Store.ps1)

function Reset-SecretStore {
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High', PositionalBinding = $false)]
    param(
        [ValidateSet('CurrentUser')] [string] $Scope,
        [ValidateSet('None', 'Password')] [string] $Authentication = 'Password',
        [securestring] $Password,
        [ValidateSet('None', 'Prompt')] [string] $Interaction,
        [switch] $Force
    )
    $null = $Scope, $Interaction
    if (-not $Force -and -not $PSCmdlet.ShouldProcess('SecretStore module local store', 'Erase all secrets')) { return }
    if (Test-Path (Get-StoreFolder)) { Remove-Item -Recurse -Force (Get-StoreFolder) }
    Set-StoreConfiguration $Authentication $Password
    Set-Unlocked $true
}

function Unlock-SecretStore {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [securestring] $Password)
    if ((Get-StoreConfiguration).Hash -eq (Get-PasswordHash $Password)) { return Set-Unlocked $true }
    $failure = [System.Management.Automation.PSInvalidOperationException]::new(
        "Store file integrity check failed.`nThe provided password may be invalid, or store files have become corrupted or have been tampered with.")
    $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new($failure, 'InvalidOperation', 'InvalidOperation', $null))
}

function Set-SecretStoreConfiguration {
    [CmdletBinding(SupportsShouldProcess, PositionalBinding = $false)]
    param(
        [ValidateSet('CurrentUser')] [string] $Scope,
        [ValidateSet('None', 'Password')] [string] $Authentication,
        [ValidateSet('None', 'Prompt')] [string] $Interaction,
        [securestring] $Password
    )
    $null = $Scope, $Interaction
    if ($PSCmdlet.ShouldProcess('SecretStore module local store', 'Changes local store configuration')) { Set-StoreConfiguration $Authentication $Password }
}
