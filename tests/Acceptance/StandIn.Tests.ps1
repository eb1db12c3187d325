# The stand-in for SecretManagement and SecretStore is as good as its likeness: the same calls give the same at both, and it has no
# parameter that the real one has not.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot Needs.psm1) -Force
    $vaults = @(Get-VaultKind)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Join-Path $PSScriptRoot Vault.psm1) -Force
    $homes = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "OAuthPS-$([guid]::NewGuid())")).FullName

    function New-VaultShell([string] $Name, [string] $Modules) {
        $shell = Start-Shell -HomeFolder (New-Item -ItemType Directory -Force (Join-Path $homes $Name)).FullName -Module (Get-ModulePath) -ModuleFolder $Modules
        Invoke-Shell $shell @'
Import-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore
function Told([scriptblock] $Call) { try { & $Call } catch { "$($_.FullyQualifiedErrorId -replace ',.*'): $($_.Exception.Message -replace '\s+', ' ')" } }
'@
        $shell
    }
}

AfterAll {
    Stop-Shell
    Remove-Item -LiteralPath $homes -Recurse -Force -ErrorAction Ignore
}

foreach ($vault in $vaults) {
    Describe 'A vault by <Kind>' -ForEach $vault -Skip:([bool] $vault.Missing) -Tag $vault.Missing {
        BeforeAll {
            $shell = New-VaultShell $Kind $ModuleFolder
            Invoke-Shell $shell 'Reset-SecretStore -Scope CurrentUser -Authentication None -Interaction None -Force -WarningAction Ignore; Register-SecretVault -Name V -ModuleName Microsoft.PowerShell.SecretStore'
        }

        It 'says that there is none of a name: <_>' -ForEach 'Get-Secret x', 'Set-Secret x y', 'Remove-Secret x', 'Get-SecretInfo x', 'Set-SecretInfo x @{}' {
            Invoke-Shell $shell "Told { $_ -Vault Nowhere }" | Should -Be 'GetSecretVaultNotFound: Vault not found in registry: Nowhere'
        }

        It 'says what it has not' {
            Invoke-Shell $shell 'Told { Get-Secret none -Vault V }' | Should -Be 'GetSecretNotFound: The secret none was not found.'
            Invoke-Shell $shell 'Told { Remove-Secret none -Vault V }' | Should -BeLike '*: Remove-Secret error in vault V : Secret not found'
            Invoke-Shell $shell 'Told { Set-SecretInfo none -Vault V -Metadata @{ a = 1 } }' | Should -BeLike '*cannot write metadata to none because the secret does not exist.'
            Invoke-Shell $shell '@(Get-SecretInfo none -Vault V).Count' | Should -Be 0
            Invoke-Shell $shell 'Told { Get-SecretVault none }' | Should -Be 'GetSecretVaultNotFound: Vault none does not exist in registry.'
            Invoke-Shell $shell 'Told { Unregister-SecretVault none }' | Should -Be 'UnregisterSecretVaultObjectNotFound: Unable to find secret vault none to unregister it.'
        }

        It 'keeps text, secure strings and credentials, with what is said of them beside' {
            Invoke-Shell $shell @'
Set-Secret text 'one' -Vault V
Set-Secret secure (ConvertTo-SecureString two -AsPlainText) -Vault V
Set-Secret person ([pscredential]::new('ada', (ConvertTo-SecureString three -AsPlainText))) -Vault V
Set-SecretInfo text -Vault V -Metadata @{ Provider = 'Blynk' }
Get-Secret text -Vault V -AsPlainText
(Get-Secret text -Vault V).GetType().Name
Get-Secret secure -Vault V -AsPlainText
(Get-Secret person -Vault V).UserName
Get-SecretInfo * -Vault V | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Type) $($_.VaultName) $($_.Metadata.Keys)=$($_.Metadata.Values)" }
'@ | Should -Be 'one', 'SecureString', 'two', 'ada', 'person PSCredential V =', 'secure SecureString V =', 'text String V Provider=Blynk'
            Invoke-Shell $shell 'Told { Set-Secret text four -Vault V -NoClobber }' | Should -Be 'SetSecretCommandAlreadyExistsWithNoClobber: A secret with name text already exists in vault V.'
            Invoke-Shell $shell 'Remove-Secret text -Vault V; Told { Get-Secret text -Vault V }' | Should -Be 'GetSecretNotFound: The secret text was not found.'
        }

        It 'is registered once by its name, and known with its module' {
            Invoke-Shell $shell 'Told { Register-SecretVault -Name V -ModuleName Microsoft.PowerShell.SecretStore }' | Should -Be 'RegisterSecretVaultInvalidVaultName: Provided Name for vault is already being used.'
            Invoke-Shell $shell 'Told { Register-SecretVault -Name W -ModuleName NoSuchModule }' | Should -BeLike 'RegisterSecretVaultCantGetModuleInfo: Could not load and retrieve module information for module: NoSuchModule*'
            Invoke-Shell $shell 'Get-SecretVault | ForEach-Object { "$($_.Name) $($_.ModuleName) $($_.IsDefault)" }' | Should -Be 'V Microsoft.PowerShell.SecretStore True'
            Invoke-Shell $shell 'Test-SecretVault V' | Should -BeTrue
        }

        It 'that is locked says so to each call, until the right password' {
            Invoke-Shell $shell "Reset-SecretStore -Scope CurrentUser -Authentication Password -Password (ConvertTo-SecureString 'store password' -AsPlainText) -Interaction None -Force -WarningAction Ignore"
            $other = New-VaultShell $Kind $ModuleFolder
            foreach ($call in 'Get-Secret x', 'Set-Secret x y', 'Remove-Secret x', 'Get-SecretInfo x') {
                Invoke-Shell $other "try { $call -Vault V } catch { `$_.Exception.GetType().Name }" | Should -Be PasswordRequiredException -Because $call
                Invoke-Shell $other "Told { $call -Vault V }" | Should -BeLike '*: A valid password is required to access the Microsoft.PowerShell.SecretStore vault. Use the Unlock-SecretStore cmdlet*' -Because $call
            }

            Invoke-Shell $other 'Told { Unlock-SecretStore -Password (ConvertTo-SecureString wrong -AsPlainText) }' | Should -BeLike 'InvalidOperation: Store file integrity check failed.*'
            Invoke-Shell $other "Unlock-SecretStore -Password (ConvertTo-SecureString 'store password' -AsPlainText); Set-Secret x y -Vault V; Get-Secret x -Vault V -AsPlainText" | Should -Be 'y'
        }
    }
}

Describe 'The stand-in' -ForEach $vaults[1] -Skip:([bool] $vaults[1].Missing) -Tag $vaults[1].Missing {
    It 'has no parameter that the real one has not, and needs none more' {
        $list = @'
foreach ($command in Get-Command -Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore -CommandType Function, Cmdlet) {
    foreach ($parameter in $command.Parameters.Values) {
        $needed = @($parameter.ParameterSets.Values.IsMandatory) -contains $true
        "$($command.Name) -$($parameter.Name)$($needed ? ' needed' : '')"
    }
}
'@
        $likeness = Invoke-Shell (New-VaultShell likeness (Join-Path $PSScriptRoot StandIn)) $list
        $real = Invoke-Shell (New-VaultShell real '') $list
        $likeness.Count | Should -BeGreaterThan 50
        $likeness | Where-Object { $_ -notin $real -and "$_ needed" -notin $real } | Should -BeNullOrEmpty
    }
}
