# The vaults that a user has registered: a file in the home folder.

function Get-RegistryPath { Join-Path ~ .secretmanagement/secretvaultregistry/vaultinfo }

function Get-Registry {
    if (Test-Path (Get-RegistryPath)) {
        foreach ($one in Get-Content -Raw (Get-RegistryPath) | ConvertFrom-Json -AsHashtable) { [pscustomobject] $one }
    }
}

function Set-Registry([object[]] $Vault) {
    $null = New-Item -ItemType Directory -Force (Split-Path (Get-RegistryPath))
    ConvertTo-Json @($Vault) -AsArray:($Vault.Count -eq 0) -Depth 4 | Set-Content (Get-RegistryPath)
}

# The vault of that name, or all where none is named.
function Get-Registered([string] $Vault, [System.Management.Automation.PSCmdlet] $Cmdlet) {
    $found = Get-Registry | Where-Object { -not $Vault -or $_.Name -eq $Vault }
    if ($Vault -and -not $found) {
        $failure = [System.Management.Automation.PSInvalidOperationException]::new("Vault not found in registry: $Vault")
        $Cmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new($failure, 'GetSecretVaultNotFound', 'InvalidOperation', $null))
    }

    $found
}

function Write-Failure([System.Management.Automation.PSCmdlet] $Cmdlet, [string] $Id, [Exception] $Exception) {
    $Cmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($Exception, $Id, 'InvalidOperation', $null))
}
