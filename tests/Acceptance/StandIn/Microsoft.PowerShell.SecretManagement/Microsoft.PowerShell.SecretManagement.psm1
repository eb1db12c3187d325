# A stand-in for SecretManagement where it is not installed: the same commands, with the parameters, the errors and the metadata that
# StandIn.Tests.ps1 compares with the real ones. A vault is an extension module, as there.

. (Join-Path $PSScriptRoot Registry.ps1)
. (Join-Path $PSScriptRoot Extension.ps1)

function Get-Secret {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Name,
        [Parameter(Position = 1)] [string] $Vault,
        [switch] $AsPlainText
    )
    foreach ($one in Get-Registered $Vault $PSCmdlet) {
        try { $secret = Invoke-Extension $one Get-Secret @{ Name = $Name } }
        catch {
            Write-Failure $PSCmdlet GetSecretException $_.Exception
            return
        }

        if ($null -eq $secret) { continue }
        if ($secret -is [string] -and -not $AsPlainText) { return ConvertTo-SecureString $secret -AsPlainText -Force }
        if ($secret -is [securestring] -and $AsPlainText) { return ConvertFrom-SecureString $secret -AsPlainText }
        return $secret
    }

    Write-Failure $PSCmdlet GetSecretNotFound ([System.Management.Automation.ItemNotFoundException]::new("The secret $Name was not found."))
}

function Set-Secret {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Name,
        [Parameter(Mandatory, Position = 1)] [object] $Secret,
        [Parameter(Position = 2)] [string] $Vault,
        [Parameter(Position = 3)] [hashtable] $Metadata,
        [switch] $NoClobber
    )
    $one = Get-Registered $Vault $PSCmdlet | Select-Object -First 1
    if (-not $PSCmdlet.ShouldProcess($one.Name, "Write secret $Name")) { return }
    try {
        if ($NoClobber -and (Invoke-Extension $one Get-SecretInfo @{ Filter = [WildcardPattern]::Escape($Name) })) {
            $taken = [System.Management.Automation.PSInvalidOperationException]::new("A secret with name $Name already exists in vault $($one.Name).")
            return Write-Failure $PSCmdlet SetSecretCommandAlreadyExistsWithNoClobber $taken
        }

        Invoke-Extension $one Set-Secret @{ Name = $Name; Secret = $Secret }
        if ($Metadata) { Invoke-Extension $one Set-SecretInfo @{ Name = $Name; Metadata = $Metadata } }
    }
    catch { Write-Failure $PSCmdlet $_.Exception.GetType().FullName $_.Exception }
}

function Remove-Secret {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Name,
        [Parameter(Mandatory, Position = 1)] [string] $Vault
    )
    $one = Get-Registered $Vault $PSCmdlet
    if (-not $PSCmdlet.ShouldProcess($one.Name, "Remove secret by name $Name")) { return }
    try { Invoke-Extension $one Remove-Secret @{ Name = $Name } } catch { Write-Failure $PSCmdlet $_.Exception.GetType().FullName $_.Exception }
}

function Get-SecretInfo {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0)] [string] $Name = '*',
        [Parameter(Position = 1)] [string] $Vault
    )
    foreach ($one in Get-Registered $Vault $PSCmdlet) {
        try { Invoke-Extension $one Get-SecretInfo @{ Filter = $Name } } catch { Write-Failure $PSCmdlet GetSecretInfoException $_.Exception }
    }
}

function Set-SecretInfo {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Name,
        [Parameter(Mandatory, Position = 1)] [hashtable] $Metadata,
        [Parameter(Position = 2)] [string] $Vault
    )
    $one = Get-Registered $Vault $PSCmdlet | Select-Object -First 1
    if (-not $PSCmdlet.ShouldProcess($one.Name, "Set secret metadata for $Name")) { return }
    try { Invoke-Extension $one Set-SecretInfo @{ Name = $Name; Metadata = $Metadata } } catch { Write-Failure $PSCmdlet SetSecretInfoInvalidOperation $_.Exception }
}

function Register-SecretVault {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $ModuleName,
        [Parameter(Position = 1)] [string] $Name = (Split-Path $ModuleName -LeafBase),
        [hashtable] $VaultParameters = @{},
        [switch] $DefaultVault,
        [switch] $AllowClobber
    )
    $others = @(Get-Registry)
    if ($others.Name -contains $Name -and -not $AllowClobber) {
        return Write-Failure $PSCmdlet RegisterSecretVaultInvalidVaultName ([System.InvalidOperationException]::new('Provided Name for vault is already being used.'))
    }

    $module = Get-Module -ListAvailable $ModuleName | Select-Object -First 1
    if (-not $module) {
        $failure = [System.Management.Automation.PSInvalidOperationException]::new("Could not load and retrieve module information for module: $ModuleName")
        return Write-Failure $PSCmdlet RegisterSecretVaultCantGetModuleInfo $failure
    }

    if (-not $PSCmdlet.ShouldProcess($ModuleName, 'Register module as a SecretManagement extension vault for current user')) { return }
    $new = [pscustomobject]@{ Name = $Name; ModuleName = $module.Name; ModulePath = $module.ModuleBase; VaultParameters = $VaultParameters }
    $others = @($others | Where-Object Name -NE $Name)
    Set-Registry ($DefaultVault ? @($new) + $others : $others + $new)
}

function Unregister-SecretVault {
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory, Position = 0)] [string[]] $Name)
    foreach ($one in $Name) {
        $all = @(Get-Registry)
        if ($all.Name -notcontains $one) {
            Write-Failure $PSCmdlet UnregisterSecretVaultObjectNotFound ([System.Management.Automation.ItemNotFoundException]::new("Unable to find secret vault $one to unregister it."))
        }
        elseif ($PSCmdlet.ShouldProcess($one, 'Remove vault registration for current user')) { Set-Registry @($all | Where-Object Name -NE $one) }
    }
}

function Get-SecretVault {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string[]] $Name = '*')
    $all = @(Get-Registry)
    foreach ($one in $Name) {
        $found = @($all | Where-Object Name -Like $one)
        if (-not $found -and -not [WildcardPattern]::ContainsWildcardCharacters($one)) {
            Write-Failure $PSCmdlet GetSecretVaultNotFound ([System.Management.Automation.ItemNotFoundException]::new("Vault $one does not exist in registry."))
        }

        $found | Select-Object *, @{ Name = 'IsDefault'; Expression = { $_.Name -eq $all[0].Name } }
    }
}

function Test-SecretVault {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string[]] $Name = '*')
    $all = @(foreach ($one in Get-Registry) { if ($Name | Where-Object { $one.Name -like $_ }) { Invoke-Extension $one Test-SecretVault @{} } })
    $all.Count -gt 0 -and $all -notcontains $false
}
