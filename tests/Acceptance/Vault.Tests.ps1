BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot Needs.psm1) -Force
    $vaults = @(Get-VaultKind)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Join-Path $PSScriptRoot Vault.psm1) -Force
    $module = Get-ModulePath
    Import-Module $module
    $emulator = Start-Emulator
    $account = Get-Account
    $homes = Join-Path ([IO.Path]::GetTempPath()) "OAuthPS-$([guid]::NewGuid())"

    function New-Home([string] $Name) { (New-Item -ItemType Directory -Path (Join-Path $homes $Name)).FullName }

    function New-Shell([string] $HomeFolder) { Start-Shell -HomeFolder $HomeFolder -Module $module -ModuleFolder $ModuleFolder }

    # The text of a command in another process. An error shows its line, and a secret that was typed there: so it comes another way.
    $env:OAUTHPS_TEST_SECRET = $account.BlynkClient.GetNetworkCredential().Password
    function Get-ConnectText([string] $Name, [string] $More = '') {
        "Connect-OAuthProvider Blynk -Name '$Name' -ServiceUrl '$($emulator.Blynk)' -ClientCredential ([pscredential]::new(" +
            "'$($account.BlynkClient.UserName)', (ConvertTo-SecureString `$env:OAUTHPS_TEST_SECRET -AsPlainText -Force))) $More"
    }

    $profileCall = 'Invoke-OAuthRestMethod /api/v1/organization/profile'

    function Get-TokenRequest { Get-Journal '/blynk/oauth2/token' }
}

AfterAll {
    $env:OAUTHPS_TEST_SECRET = $null
    Stop-Shell
    Stop-Emulator
    Remove-Item -LiteralPath $homes -Recurse -Force -ErrorAction Ignore
}

foreach ($vault in $vaults) {
    Describe 'Sessions in a vault: <Kind>' -ForEach $vault -Skip:([bool] $vault.Missing) -Tag $vault.Missing {
        BeforeAll {
            $userHome = New-Home "user of $Kind"
            $one = New-Shell $userHome
            Invoke-Shell $one @'
$null = Reset-SecretStore -Scope CurrentUser -Authentication None -Interaction None -Force -WarningAction Ignore
Register-SecretVault -Name Store -ModuleName Microsoft.PowerShell.SecretStore
'@
            $two = New-Shell $userHome
        }

        BeforeEach {
            foreach ($shell in $one, $two) { Invoke-Shell $shell 'Get-OAuthSession | Disconnect-OAuthProvider' }
            Clear-Journal
        }

        It 'are opened again by another process, which sends nothing for it' {
            $token = Invoke-Shell $one "`$null = $(Get-ConnectText shared '-Vault Store'); Get-OAuthToken shared -AsPlainText"
            Invoke-Shell $two "(Restore-OAuthSession shared -Vault Store).Name; Get-OAuthToken shared -AsPlainText" | Should -Be 'shared', $token
            @(Get-TokenRequest).Count | Should -Be 1
            Invoke-Shell $two '(Get-OAuthSession shared).Vault' | Should -Be 'Store'
        }

        It 'are saved by Save-OAuthSession too, and restored all at once without a name' {
            Invoke-Shell $one "`$null = $(Get-ConnectText first); `$null = $(Get-ConnectText second); Get-OAuthSession | Save-OAuthSession -Vault Store"
            $names = Invoke-Shell $two '(Restore-OAuthSession -Vault Store).Name'
            $names | Should -Contain 'first'
            $names | Should -Contain 'second'
        }

        It 'complete their names and those of vaults' {
            Invoke-Shell $one "`$null = $(Get-ConnectText 'to complete' '-Vault Store')"
            Invoke-Shell $two '(TabExpansion2 "Restore-OAuthSession -Vault Store -Name to").CompletionMatches.CompletionText' | Should -Be "'to complete'"
            Invoke-Shell $two '(TabExpansion2 "Restore-OAuthSession -Vault St").CompletionMatches.CompletionText' | Should -Be 'Store'
        }

        It 'are renewed by two processes in turn, each with what the other left' {
            Invoke-Shell $one "`$null = $(Get-ConnectText turns '-Vault Store')"
            Invoke-Shell $two '$null = Restore-OAuthSession turns -Vault Store'
            $tokens = foreach ($turn in 1..3) {
                foreach ($shell in $one, $two) { Invoke-Shell $shell '$null = Update-OAuthToken turns; Get-OAuthToken turns -AsPlainText' }
            }

            @($tokens | Sort-Object -Unique).Count | Should -Be 6
            @(Get-TokenRequest).Count | Should -Be 7
            @(Get-TokenRequest | Where-Object status -NE 200) | Should -BeNullOrEmpty
        }

        It 'are renewed once for each of <Expiries> expiries by <Processes> processes at the same time' -ForEach @{
            Processes = $env:OAUTHPS_TEST_PROCESSES ? [int] $env:OAUTHPS_TEST_PROCESSES : 4
            Expiries  = $env:OAUTHPS_TEST_EXPIRIES ? [int] $env:OAUTHPS_TEST_EXPIRIES : 5
        } {
            Invoke-Shell $one "`$null = $(Get-ConnectText many '-Vault Store')"
            $shells = @($one, $two) + @(1..($Processes - 2) | ForEach-Object { New-Shell $userHome })
            $shells | Select-Object -Skip 1 | ForEach-Object { Send-Shell $_ '$null = Restore-OAuthSession many -Vault Store' }
            $shells | Select-Object -Skip 1 | ForEach-Object { $null = Receive-Shell $_ 300 }
            $valid = 0
            foreach ($expiry in 1..$Expiries) {
                Set-TokenExpired
                foreach ($shell in $shells) { Send-Shell $shell "`$null = $profileCall -Session many; Get-OAuthToken many -AsPlainText" }
                $answers = foreach ($shell in $shells) { Receive-Shell $shell 300 }
                @($answers | Where-Object { $_.PSObject.Properties['error'] }) | Should -BeNullOrEmpty
                @($answers.output | Sort-Object -Unique).Count | Should -Be 1
                $valid += @($answers.output).Count
            }

            $valid | Should -Be ($Processes * $Expiries)
            @(Get-TokenRequest).Count | Should -Be (1 + $Expiries)
            @(Get-TokenRequest | Where-Object status -NE 200) | Should -BeNullOrEmpty
        }

        It 'show their provider, flow and expiry beside the entry, and no secret' {
            $token = Invoke-Shell $one "`$null = $(Get-ConnectText shown '-Vault Store'); Get-OAuthToken shown -AsPlainText"
            $shown = Invoke-Shell $one '(Get-SecretInfo OAuthPS-shown -Vault Store | Select-Object Name, Type, Metadata | ConvertTo-Json -Depth 5)'
            $shown | Should -BeLike '*"Blynk"*'
            $shown | Should -BeLike '*"ClientCredentials"*'
            $shown | Should -Not -BeLike "*$token*"
            $shown | Should -Not -BeLike "*$($account.BlynkClient.GetNetworkCredential().Password)*"
        }

        It 'do not say a secret while they are saved, restored and renewed' {
            $said = Invoke-Shell $one "`$null = $(Get-ConnectText quiet '-Vault Store -Verbose -Debug 4>&1 5>&1'); Restore-OAuthSession quiet -Vault Store -Verbose -Debug *>&1 | Out-String; Update-OAuthToken quiet -Verbose *>&1 | Out-String"
            $token = Invoke-Shell $one 'Get-OAuthToken quiet -AsPlainText'
            "$said" | Should -Not -BeLike "*$token*"
            "$said" | Should -Not -BeLike "*$($account.BlynkClient.GetNetworkCredential().Password)*"
        }

        # A SecureString holds 65,536 characters.
        It 'are kept and opened again however long they are' {
            $many = '@{' + ((1..9).ForEach{ "'X-Part-$_' = 'x' * 8000" } -join ';') + '}'
            Invoke-Shell $one "`$null = $(Get-ConnectText long "-Vault Store -Header $many")"
            Invoke-Shell $two '$null = Restore-OAuthSession long -Vault Store; (Get-OAuthRequestHeader long)["X-Part-9"].Length' | Should -Be 8000
        }

        It 'are left alone by -WhatIf' {
            Invoke-Shell $one "`$null = $(Get-ConnectText careful); Save-OAuthSession careful -Vault Store -WhatIf"
            (Get-ShellFailure $two 'Restore-OAuthSession careful -Vault Store').error | Should -BeLike 'VaultEntryMissing*'
            Invoke-Shell $one 'Save-OAuthSession careful -Vault Store; Disconnect-OAuthProvider careful -Vault Store -WhatIf'
            Invoke-Shell $two 'Restore-OAuthSession careful -Vault Store -WhatIf; @(Get-OAuthSession).Count' | Should -Be 0
            Invoke-Shell $two '(Restore-OAuthSession careful -Vault Store).Name' | Should -Be 'careful'
        }

        It 'are forgotten by Disconnect-OAuthProvider -Vault' {
            Invoke-Shell $one "`$null = $(Get-ConnectText gone '-Vault Store'); Disconnect-OAuthProvider gone -Vault Store"
            (Get-ShellFailure $two 'Restore-OAuthSession gone -Vault Store').error | Should -BeLike 'VaultEntryMissing*'
            Invoke-Shell $one '@(Get-OAuthSession).Count' | Should -Be 0
        }

        It 'are not restored from an entry of a newer module, which is left as it is' {
            $entry = '{"type":"OAuthPS.Session","version":2}'
            Invoke-Shell $one "Set-Secret -Name OAuthPS-newer -Vault Store -Secret '$entry'"
            $failure = Get-ShellFailure $one 'Restore-OAuthSession newer -Vault Store'
            $failure.error | Should -BeLike 'VaultEntryInvalid*'
            $failure.message | Should -BeLike '*Update the module*'
            Invoke-Shell $one 'Get-Secret OAuthPS-newer -Vault Store -AsPlainText; Remove-Secret OAuthPS-newer -Vault Store' | Should -Be $entry
        }

        It 'of an unknown vault are an error that names it' {
            $failure = Get-ShellFailure $one 'Restore-OAuthSession any -Vault Nowhere'
            $failure.error | Should -BeLike 'VaultNotFound*'
            $failure.message | Should -BeLike '*Nowhere*'
            (Get-ShellFailure $one "$(Get-ConnectText unknown '-Vault Nowhere -ErrorAction Stop')").error | Should -BeLike 'VaultNotFound*'
        }

        It 'that does not take the session leave it open, and a warning says that it is not kept' {
            Invoke-Shell $one "`$null = $(Get-ConnectText unkept '-Vault Nowhere -ErrorAction SilentlyContinue -WarningAction SilentlyContinue -WarningVariable said'); `$said.Message; (Get-OAuthSession unkept).Name" |
                Should -Be "The session 'unkept' is open, but not in a vault. Save-OAuthSession -Vault puts it there when the vault can be used.", 'unkept'
        }
    }

    Describe 'A locked vault: <Kind>' -ForEach $vault -Skip:([bool] $vault.Missing) -Tag $vault.Missing {
        It 'is an error within seconds, for reading and for writing, and asks nobody' {
            $locked = New-Home "locked $Kind"
            $shell = New-Shell $locked
            Invoke-Shell $shell @'
$null = Reset-SecretStore -Scope CurrentUser -Authentication Password -Password (ConvertTo-SecureString 'store password' -AsPlainText -Force) -Interaction None -Force -WarningAction Ignore
Register-SecretVault -Name Store -ModuleName Microsoft.PowerShell.SecretStore
'@
            $shell = New-Shell $locked
            Invoke-Shell $shell '1' | Should -Be 1
            $failure = Get-ShellFailure $shell 'Restore-OAuthSession any -Vault Store' 20
            $failure.error | Should -BeLike 'VaultLocked*'
            $failure.message | Should -BeLike '*Unlock-SecretStore*'
            (Get-ShellFailure $shell (Get-ConnectText locked '-Vault Store -ErrorAction Stop') 20).error | Should -BeLike 'VaultLocked*'
            Invoke-Shell $shell "Unlock-SecretStore -Password (ConvertTo-SecureString 'store password' -AsPlainText -Force)
                `$null = $(Get-ConnectText unlocked '-Vault Store'); (Get-OAuthSession unlocked).Vault" | Should -Be 'Store'
        }
    }
}

Describe 'Without SecretManagement' {
    BeforeAll {
        # Where it is installed for all users no path hides it: every runspace puts their folder back into PSModulePath. An empty
        # module of its name, found first, has none of its commands either.
        $hidden = New-Home 'modules/Microsoft.PowerShell.SecretManagement'
        New-ModuleManifest (Join-Path $hidden Microsoft.PowerShell.SecretManagement.psd1) -ModuleVersion 99.0
        $shell = Start-Shell -HomeFolder (New-Home bare) -Module $module -ModuleFolder (Split-Path $hidden)
    }

    It 'each command with a vault says what to install: <_>' -ForEach 'Restore-OAuthSession any -Vault Store', 'Restore-OAuthSession -Vault Store' {
        $failure = Get-ShellFailure $shell $_
        $failure.error | Should -BeLike 'SecretManagementMissing*'
        $failure.message | Should -BeLike '*Install-PSResource Microsoft.PowerShell.SecretManagement*'
    }

    It 'connecting with a vault says so and keeps the session, without a vault' {
        (Get-ShellFailure $shell (Get-ConnectText bare '-Vault Store -ErrorAction Stop')).error | Should -BeLike 'SecretManagementMissing*'
        Invoke-Shell $shell '(Get-OAuthSession).Name' | Should -Be 'bare'
        (Get-ShellFailure $shell 'Save-OAuthSession bare -Vault Store').error | Should -BeLike 'SecretManagementMissing*'
    }

    It 'completion offers nothing and fails nowhere' {
        Invoke-Shell $shell '@((TabExpansion2 "Restore-OAuthSession -Vault ").CompletionMatches).Where({ $_.ResultType -eq "ParameterValue" }).Count' | Should -Be 0
    }
}
