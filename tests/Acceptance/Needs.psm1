# Says in one line what a test needs and this machine lacks; nothing where it has it. It is the tag beside a test's -Skip, from which
# the report takes it.

function Get-MissingModule([string] $Name, [version] $Least = '0.0') {
    $found = Get-Module -ListAvailable $Name | Where-Object Version -GE $Least
    if (-not $found) { "It needs the module $Name$($Least -gt '0.0' ? " $Least" : ''), which build.ps1 -Task Modules saves." }
}

# What vaults are tested: the stand-in everywhere, found before all others, and the real modules as well.
function Get-VaultKind {
    @{ Kind = 'the stand-in'; ModuleFolder = Join-Path $PSScriptRoot StandIn; Missing = '' }
    @{
        Kind         = 'SecretManagement and SecretStore'
        ModuleFolder = ''
        Missing      = 'Microsoft.PowerShell.SecretManagement', 'Microsoft.PowerShell.SecretStore' | ForEach-Object { Get-MissingModule $_ } | Join-String -Separator ' '
    }
}

Export-ModuleMember -Function Get-MissingModule, Get-VaultKind
