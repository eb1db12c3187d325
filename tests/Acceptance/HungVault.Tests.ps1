BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot Needs.psm1) -Force
    $vaults = @(Get-VaultKind)
}

foreach ($vault in $vaults) {
    Describe 'A vault that never answers: <Kind>' -ForEach $vault -Skip:([bool] $vault.Missing) -Tag $vault.Missing {
        BeforeAll {
            Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
            Import-Module (Join-Path $PSScriptRoot Vault.psm1) -Force
            $module = Get-ModulePath
            Import-Module $module
            $emulator = Start-Emulator
            $folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "OAuthPS-$([guid]::NewGuid())")).FullName
            $vaults = @{}
            foreach ($name in 'Hung', 'Quick') { $vaults[$name] = (New-Item -ItemType Directory (Join-Path $folder $name)).FullName }

            # The same vault twice, as modules of two names: SecretManagement calls each in the one runspace that it has.
            $modules = (New-Item -ItemType Directory (Join-Path $folder modules)).FullName
            foreach ($name in 'Hung', 'Quick') {
                $copy = Join-Path $modules "${name}Vault"
                Copy-Item -Recurse (Join-Path $PSScriptRoot SlowVault) $copy
                # A folder after what is in it.
                foreach ($file in Get-ChildItem -Recurse $copy -Filter SlowVault* | Sort-Object { $_.FullName.Length } -Descending) { Rename-Item $file.FullName $file.Name.Replace('SlowVault', "${name}Vault") }
                foreach ($file in Get-ChildItem -Recurse $copy -Filter *.psd1) {
                    (Get-Content -Raw $file.FullName).Replace('SlowVault', "${name}Vault") | Set-Content -LiteralPath $file.FullName
                }
            }

            $client = "[pscredential]::new('oa2-client-id_demo', (ConvertTo-SecureString blynk-secret -AsPlainText -Force))"
            $shell = Start-Shell -HomeFolder $folder -Module $module -ModuleFolder $ModuleFolder
            foreach ($name in 'Hung', 'Quick') {
                Invoke-Shell $shell "Register-SecretVault $name -ModuleName '$(Join-Path $modules "${name}Vault")' -VaultParameters @{ Folder = '$($vaults[$name])' }"
                Invoke-Shell $shell "`$null = Connect-OAuthProvider Blynk -Name in-$name -ServiceUrl '$($emulator.Blynk)' -ClientCredential ($client) -Vault $name -ErrorAction Stop"
            }

            # The module's own patience of a minute, made shorter.
            Invoke-Shell $shell @'
(Get-Command Get-OAuthToken).ImplementingType.Assembly.GetType('OAuthPS.Vaults.VaultRunspace').GetProperty('Patience', [Reflection.BindingFlags] 'Static, NonPublic').SetValue($null, [timespan] '0:0:6')
'@
            Set-Content -LiteralPath (Join-Path $vaults.Hung seconds) -Value 3600
        }

        AfterAll {
            Stop-Shell
            Stop-Emulator
            Remove-Item -LiteralPath $folder -Recurse -Force
        }

        It 'is an error in its time, and at once when it is asked again' {
            (Get-ShellFailure $shell '$null = Restore-OAuthSession in-Hung -Vault Hung').error | Should -Match '^VaultTimeout'
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $failure = Get-ShellFailure $shell '$null = Restore-OAuthSession in-Hung -Vault Hung'
            $failure.error | Should -Match '^VaultTimeout'
            $failure.message | Should -Match "^The vault 'Hung' did not answer"
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 4
        }

        It 'costs the sessions of another vault nothing: they are restored, renewed, saved and forgotten' {
            Invoke-Shell $shell '(Restore-OAuthSession in-Quick -Vault Quick).Name' | Should -Be 'in-Quick'
            $before = Get-Content -Raw (Join-Path $vaults.Quick OAuthPS-in-Quick.secret)
            $token = Invoke-Shell $shell '$null = Update-OAuthToken in-Quick; Get-OAuthToken in-Quick -AsPlainText'
            $after = Get-Content -Raw (Join-Path $vaults.Quick OAuthPS-in-Quick.secret)
            $after | Should -Not -Be $before
            $after.Contains("`"$token`"") | Should -BeTrue
            Invoke-Shell $shell 'Save-OAuthSession in-Hung -Vault Quick; Disconnect-OAuthProvider in-Hung -Vault Quick'
            Test-Path (Join-Path $vaults.Quick OAuthPS-in-Hung.secret) | Should -BeFalse
            (Get-ShellFailure $shell '$null = Restore-OAuthSession in-Hung -Vault Quick').error | Should -Match '^VaultEntryMissing'
        }

        It 'completes no names, and those of the other vault are completed' {
            Invoke-Shell $shell '(TabExpansion2 "Restore-OAuthSession -Vault Hung -Name i").CompletionMatches.Where({ $_.ResultType -eq "ParameterValue" }).CompletionText' | Should -BeNullOrEmpty
            Invoke-Shell $shell '(TabExpansion2 "Restore-OAuthSession -Vault Quick -Name i").CompletionMatches.Where({ $_.ResultType -eq "ParameterValue" }).CompletionText' | Should -Be 'in-Quick'
        }
    }

    Describe 'A SecretStore whose inside this module does not know: <Kind>' -ForEach $vault -Skip:([bool] $vault.Missing) -Tag $vault.Missing {
        BeforeAll {
            Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
            Import-Module (Join-Path $PSScriptRoot Vault.psm1) -Force
            $module = Get-ModulePath
            Import-Module $module
            $emulator = Start-Emulator
            $folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "OAuthPS-$([guid]::NewGuid())")).FullName
            $shell = Start-Shell -HomeFolder $folder -Module $module -ModuleFolder $ModuleFolder
            Invoke-Shell $shell @"
`$store = [System.Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly([System.Reflection.AssemblyName] 'Microsoft.PowerShell.SecretStore', 'Run')
`$null = `$store.DefineDynamicModule('store').DefineType('Microsoft.PowerShell.SecretStore.LocalSecretStore', 'Public').CreateType()
Register-SecretVault Slow -ModuleName '$(Join-Path $PSScriptRoot SlowVault)' -VaultParameters @{ Folder = '$folder' }
`$client = [pscredential]::new('oa2-client-id_demo', (ConvertTo-SecureString blynk-secret -AsPlainText -Force))
`$null = Connect-OAuthProvider Blynk -Name one -ServiceUrl '$($emulator.Blynk)' -ClientCredential `$client
"@
        }

        AfterAll {
            Stop-Shell
            Stop-Emulator
            Remove-Item -LiteralPath $folder -Recurse -Force
        }

        It 'is warned of once, with the version that is tested' {
            $said = Invoke-Shell $shell 'Save-OAuthSession one -Vault Slow 3>&1 | ForEach-Object Message'
            $said | Should -Match 'does not know this version of SecretStore \(0\.0\.0\.0\); it is tested with 1\.0\.6\.'
            Invoke-Shell $shell 'Restore-OAuthSession one -Vault Slow 3>&1 | ForEach-Object Name' | Should -Be 'one'
        }
    }
}
