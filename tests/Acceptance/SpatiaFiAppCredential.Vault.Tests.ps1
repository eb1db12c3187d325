BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot Needs.psm1) -Force
    $vaults = @(Get-VaultKind)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
    $at = @{ ServiceUrl = $emulator.SpatiaFi; Credential = $account.SpatiaFiUser }
}

AfterAll { Stop-Emulator }

Describe 'A new App Credential and its vault' {
    BeforeEach { Reset-Emulator }

    It 'is returned with a loud warning when the vault refuses' {
        $new = New-SpatiaFiAppCredential @at -Vault 'No such vault' -SecretName mine -WarningVariable warning -WarningAction SilentlyContinue
        $new.ClientCredential.GetNetworkCredential().Password | Should -Not -BeNullOrEmpty
        $warning.Count | Should -Be 1
        $warning[0].Message | Should -BeLike "THE SECRET IS NOT IN THE VAULT 'No such vault'*$($new.ClientId)*"
        $warning[0].Message | Should -Not -BeLike "*$($new.ClientCredential.GetNetworkCredential().Password)*"
        ($new | Connect-OAuthProvider SpatiaFi).Flow | Should -Be 'ClientCredentials'
    }

    It 'is returned also where warnings stop the pipeline' {
        $kept = [System.Collections.Generic.List[object]]::new()
        $null = Get-Failure { New-SpatiaFiAppCredential @at -Vault 'No such vault' -WarningAction Stop 3>$null | ForEach-Object { $kept.Add($_) } }
        $kept.ClientCredential.UserName | Should -Not -BeNullOrEmpty
    }

    It 'is not made when a secret''s name comes without a vault' {
        (Get-Failure { New-SpatiaFiAppCredential @at -SecretName mine }).FullyQualifiedErrorId | Should -BeLike 'MissingParameter,*'
        Get-Journal | Should -BeNullOrEmpty
    }

    foreach ($vault in $vaults) {
        # A process of its own, with a home folder of its own: SecretStore has one store for each user.
        Context '<Kind>' -ForEach $vault -Skip:([bool] $vault.Missing) -Tag $vault.Missing {
            BeforeAll {
                $prepare = @'
param($module, $at)
$ErrorActionPreference = 'Stop'
Import-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore
Reset-SecretStore -Scope CurrentUser -Authentication None -Interaction None -Force -WarningAction SilentlyContinue
Register-SecretVault -Name V -ModuleName Microsoft.PowerShell.SecretStore
Import-Module $module
$person = @{ ServiceUrl = "$at/spatiafi"; Credential = [pscredential]::new('ada@example.com', (ConvertTo-SecureString 'correct horse battery staple' -AsPlainText)) }

'@

                function Invoke-WithStore([string] $Script) {
                    $store = Join-Path $TestDrive ([guid]::NewGuid())
                    $path = Join-Path $store run.ps1
                    $null = New-Item -ItemType Directory $store
                    Set-Content -LiteralPath $path -Value ($prepare + $Script)
                    $before = @{}
                    foreach ($name in 'HOME', 'LOCALAPPDATA', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'PSModulePath') { $before[$name] = [Environment]::GetEnvironmentVariable($name) }
                    try {
                        $env:HOME = $env:LOCALAPPDATA = $store
                        $env:XDG_CONFIG_HOME = $env:XDG_DATA_HOME = $null
                        if ($ModuleFolder) { $env:PSModulePath = $ModuleFolder + [IO.Path]::PathSeparator + $env:PSModulePath }
                        $output = Invoke-PowerShell -NoProfile -NonInteractive -File $path (Get-ModulePath) $emulator.Url 2>&1
                    }
                    finally {
                        foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
                    }

                    if ($LASTEXITCODE) { throw "$output" }
                    $output
                }
            }

            It 'has it as a credential that connects, before it is shown' {
                Invoke-WithStore @'
$seen = New-SpatiaFiAppCredential @person -Vault V -SecretName mine | ForEach-Object { (Get-Secret mine -Vault V).UserName -eq $_.ClientId }
"in the vault when shown: $seen"
$kept = Get-Secret mine -Vault V
"$($kept.GetType().Name), $((Get-SecretInfo mine -Vault V).Metadata.Provider)"
"$((Connect-OAuthProvider SpatiaFi -ServiceUrl "$at/spatiafi" -ClientCredential $kept).Flow)"
'@ | Should -Be 'in the vault when shown: True', 'PSCredential, SpatiaFi', 'ClientCredentials'
            }

            It 'names it by its client id where no name is given' {
                Invoke-WithStore @'
$new = New-SpatiaFiAppCredential @person -Vault V
(Get-Secret "SpatiaFi-$($new.ClientId)" -Vault V).UserName -eq $new.ClientId
'@ | Should -Be 'True'
            }

            It 'keeps a secret that is there, and then makes nothing; -Force replaces it' {
                Invoke-WithStore @'
Set-Secret mine 'another' -Vault V
$count = @(Get-SpatiaFiAppCredential @person).Count
try { New-SpatiaFiAppCredential @person -Vault V -SecretName mine } catch { $_.FullyQualifiedErrorId -replace ',.*' }
(Get-Secret mine -Vault V -AsPlainText), (@(Get-SpatiaFiAppCredential @person).Count -eq $count)
$new = New-SpatiaFiAppCredential @person -Vault V -SecretName mine -Force
(Get-Secret mine -Vault V).UserName -eq $new.ClientId
'@ | Should -Be 'SecretExists', 'another', 'True', 'True'
            }
        }
    }
}
