BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'Runspaces' {
    BeforeAll { $module = Get-ModulePath }

    BeforeEach { Reset-Emulator }

    It 'do not see each other''s sessions' {
        $null = Connect-Blynk
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($module) Import-Module $module; Get-OAuthSession').AddArgument($module)
            $shell.Invoke() | Should -BeNullOrEmpty
            $shell.HadErrors | Should -BeFalse
        }
        finally { $shell.Dispose() }

        (Get-OAuthSession).Name | Should -Be 'Blynk'
    }

    It 'share a session that is passed on, and 64 of them renew it once' {
        Set-Emulator @{ tokenLifetimeSeconds = 0 }
        $session = Connect-Blynk
        Set-Emulator @{ tokenLifetimeSeconds = $null }
        Clear-Journal
        # Slow enough that all of them ask while the one renewal is under way.
        Add-Fault @{ path = '/blynk/oauth2/token'; delayMilliseconds = 300 }
        $tokens = 1..64 | ForEach-Object -ThrottleLimit 64 -Parallel {
            Import-Module $using:module
            Get-OAuthToken $using:session -AsPlainText
        }
        $tokens.Count | Should -Be 64
        @($tokens | Sort-Object -Unique).Count | Should -Be 1
        Get-JournalLine | Should -Be 'POST /blynk/oauth2/token 200'
    }

    It 'call an API with one session at the same time, and a refused token costs one renewal' {
        $session = Connect-Blynk
        Set-TokenExpired
        Clear-Journal
        $names = 1..16 | ForEach-Object -ThrottleLimit 16 -Parallel {
            Import-Module $using:module
            (Invoke-OAuthRestMethod /api/v1/organization/profile -Session $using:session).name
        }
        $names.Count | Should -Be 16
        @(Get-JournalLine */oauth2/token).Count | Should -Be 1
    }

    It 'take the session that is passed on, and not their own of that name' {
        $session = Connect-Blynk
        $mine = Get-OAuthToken -AsPlainText
        $seen = 1 | ForEach-Object -Parallel {
            Import-Module $using:module
            $null = Connect-OAuthProvider Blynk -ServiceUrl $using:emulator.Blynk -ClientCredential $using:account.BlynkClient
            $using:session | Get-OAuthToken -AsPlainText
        }
        $seen | Should -Be $mine
    }
}

Describe 'Ctrl+C' {
    BeforeEach {
        Reset-Emulator
        $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
        $null = $shell.AddScript('param($module) Import-Module $module').AddArgument((Get-ModulePath)).Invoke()
        $shell.Commands.Clear()
    }

    AfterEach { $shell.Dispose() }

    It 'ends <Name> well within a second' -ForEach @(
        @{
            Name = 'a flow that waits for its answer'; Path = '/blynk/oauth2/token'
            Script = 'param($at, $client) Connect-OAuthProvider Blynk -ServiceUrl "$at/blynk" -ClientCredential $client'
        }
        @{
            Name = 'a renewal'; Path = '/blynk/oauth2/token'; Skip = 1
            Script = 'param($at, $client) $null = Connect-OAuthProvider Blynk -ServiceUrl "$at/blynk" -ClientCredential $client; Update-OAuthToken'
        }
        @{
            Name = 'an API call'; Path = '/blynk/api'
            Script = 'param($at, $client) $null = Connect-OAuthProvider Blynk -ServiceUrl "$at/blynk" -ClientCredential $client; Invoke-OAuthRestMethod /api/v1/organization/profile'
        }
        @{
            Name = 'the wait for Retry-After'; Path = '/blynk/api'; Said = 'Received 429*'; Answer = @{ status = 429; headers = @{ 'Retry-After' = '60' }; delayMilliseconds = 0 }
            Script = 'param($at, $client) $null = Connect-OAuthProvider Blynk -ServiceUrl "$at/blynk" -ClientCredential $client; Invoke-OAuthRestMethod /api/v1/organization/profile'
        }
        @{
            Name = 'a body that never ends'; Path = '/blynk/api'; Answer = @{ body = '{"a":'; headers = @{ 'Content-Length' = '1000' }; dropMidway = $false; delayMilliseconds = 30000 }
            Script = 'param($at, $client) $null = Connect-OAuthProvider Blynk -ServiceUrl "$at/blynk" -ClientCredential $client; Invoke-OAuthRestMethod /api/v1/organization/profile'
        }
    ) {
        Add-Fault (@{ path = $Path; skip = $Skip ?? 0 } + ($Answer ?? @{ delayMilliseconds = 30000 }))
        $null = $shell.AddScript('$VerbosePreference = "Continue"').AddStatement().AddScript($Script).AddArgument($emulator.Url).AddArgument($account.BlynkClient).BeginInvoke()
        Wait-Verbose $shell ($Said ?? "Sending*$Path*") -Count (1 + ($Skip ?? 0))
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 1
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
    }

    It 'leaves the session usable' {
        $null = $shell.AddScript('param($at, $client) $null = Connect-OAuthProvider Blynk -ServiceUrl "$at/blynk" -ClientCredential $client').AddArgument($emulator.Url).AddArgument($account.BlynkClient).Invoke()
        $shell.Commands.Clear()
        Add-Fault @{ path = '/blynk/api'; delayMilliseconds = 30000 }
        $null = $shell.AddScript('Invoke-OAuthRestMethod /api/v1/organization/profile -Verbose').BeginInvoke()
        Wait-Verbose $shell 'Sending*/blynk/api*'
        $shell.Stop()
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Commands.Clear()
        $shell.AddScript('Invoke-OAuthRestMethod /api/v1/organization/profile').Invoke().name | Should -Be 'Demo Organization'
    }
}
