BeforeDiscovery {
    $cmdlets = 'Get-OAuthToken', 'Update-OAuthToken', 'Get-OAuthRequestHeader', 'Get-OAuthUserInfo', 'Revoke-OAuthToken', 'Disconnect-OAuthProvider',
        'Save-OAuthSession -Vault nowhere', 'Invoke-OAuthRestMethod /x'
    $takers = $cmdlets + 'Test-OAuthToken', 'Get-SpatiaFiAppCredential', 'New-SpatiaFiAppCredential', 'Remove-SpatiaFiAppCredential x'
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    $module = Get-ModulePath
    Import-Module $module
    $emulator = Start-Emulator
    $account = Get-Account

    # What becomes of an object on its way through a file, a job or a remote session.
    function Send-Away($Object) { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Object, 2)) }

    function Assert-Description($Failure, [string] $Session) {
        $Failure.FullyQualifiedErrorId | Should -BeLike 'SessionNotFound,OAuthPS.Commands.*'
        $Failure.ErrorDetails.Message | Should -BeLike "*description of the session '$Session'*without its tokens*"
        $Failure.ErrorDetails.RecommendedAction | Should -BeLike '*Save-OAuthSession*Restore-OAuthSession*'
    }
}

AfterAll { Stop-Emulator }

Describe 'An object from the pipeline' {
    BeforeEach {
        Reset-Emulator
        $session = Connect-Blynk
    }

    It 'is no session by its name: <_>' -ForEach $cmdlets {
        $command = [scriptblock]::Create("`$input | $_ -ErrorAction Stop")
        foreach ($object in [pscustomobject]@{ Name = 'Blynk' }, (Get-OAuthProvider Blynk), (Get-Command Get-Date)) {
            $failure = Get-Failure { $object | & $command }
            $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,OAuthPS.Commands.*'
            $failure.Exception.Message | Should -BeLike '*a session, the name of one, or an object with a property Session*'
        }

        (Get-OAuthSession).Name | Should -Be 'Blynk'
    }

    It 'is a session by its type, as text, and by a property Session' {
        $null = Connect-SpatiaFi
        ($session, 'SpatiaFi', [pscustomobject]@{ Session = 'Blynk'; Name = 'x' }, [pscustomobject]@{ Session = $session } | Get-OAuthToken).Session |
            Should -Be 'Blynk', 'SpatiaFi', 'Blynk', 'Blynk'
        ([pscustomobject]@{ Session = 'Blynk' } | Invoke-OAuthRestMethod /api/v1/organization/profile).name | Should -Not -BeNullOrEmpty
        (Get-OAuthToken Blynk | Invoke-OAuthRestMethod /api/v1/organization/profile).name | Should -Not -BeNullOrEmpty
    }

    It 'is a session wherever -Name is typed, which is another name of -Session' {
        $null = Connect-SpatiaFi
        (Get-OAuthToken -Name Blynk).Session | Should -Be 'Blynk'
        (Get-OAuthToken -Session Blynk).Session | Should -Be 'Blynk'
    }

    It 'may be a session whose name is a number' {
        $null = Connect-Blynk @{ Name = '365' }
        (Get-OAuthToken 365).Session | Should -Be '365'
    }
}

Describe 'A provider from the pipeline' {
    BeforeEach { Reset-Emulator }

    It 'is connected to' {
        $session = Get-OAuthProvider Blynk | Connect-OAuthProvider -ServiceUrl $emulator.Blynk -ClientCredential $account.BlynkClient
        $session.Provider, $session.Name | Should -Be 'Blynk', 'Blynk'
        ('Blynk' | Connect-OAuthProvider -ServiceUrl $emulator.Blynk -ClientCredential $account.BlynkClient).Provider | Should -Be 'Blynk'
        (Connect-OAuthProvider (Get-OAuthProvider Blynk) -ServiceUrl $emulator.Blynk -ClientCredential $account.BlynkClient).Provider | Should -Be 'Blynk'
    }

    It 'is known after it crossed a process, since a provider is data' {
        $away = Send-Away (Get-OAuthProvider Blynk)
        ($away | Connect-OAuthProvider -ServiceUrl $emulator.Blynk -ClientCredential $account.BlynkClient).Provider | Should -Be 'Blynk'
    }

    It 'is none by being any object' {
        $failure = Get-Failure { Get-Command Get-Date | Connect-OAuthProvider -ClientCredential $account.BlynkClient -ErrorAction Stop }
        $failure.Exception.Message | Should -BeLike '*the name of a provider, or what Get-OAuthProvider gives*'
        $failure = Get-Failure { [pscustomobject]@{ Name = 'Blynk' } | Connect-OAuthProvider -ClientCredential $account.BlynkClient -ErrorAction Stop }
        $failure.Exception.Message | Should -BeLike '*the name of a provider, or what Get-OAuthProvider gives*'
    }
}

Describe 'A session that crossed a process' {
    BeforeEach {
        Reset-Emulator
        $session = Connect-Blynk
        Clear-Journal
    }

    It 'says that it is a description: <_>' -ForEach $takers {
        $away = Send-Away $session
        $command = [scriptblock]::Create("param (`$given) $_ -Session `$given")
        Assert-Description (Get-Failure { & $command $away }) 'Blynk'
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'says so from the pipeline too: <_>' -ForEach $cmdlets {
        $command = [scriptblock]::Create("`$input | $_")
        foreach ($away in (Send-Away $session), (Send-Away (Get-OAuthToken))) { Assert-Description (Get-Failure { $away | & $command }) 'Blynk' }
        (Get-OAuthSession).Name | Should -Be 'Blynk'
    }

    It 'says so where a token is taken from it' {
        foreach ($away in (Send-Away $session), (Send-Away (Get-OAuthToken))) {
            (Get-Failure { Test-OAuthToken $away }).Exception.Message | Should -BeLike '*another process or a file*Restore-OAuthSession*'
            (Get-Failure { $away | ConvertFrom-OAuthJwt -ErrorAction Stop }).Exception.Message | Should -BeLike '*another process or a file*Restore-OAuthSession*'
            (Get-Failure { Connect-OAuthProvider Blynk -SubjectToken $away }).Exception.Message | Should -BeLike '*another process or a file*Restore-OAuthSession*'
        }
    }

    It 'says so after a file and after a job' {
        $path = Join-Path $TestDrive session.xml
        $session | Export-Clixml $path
        Assert-Description (Get-Failure { Import-Clixml $path | Get-OAuthToken }) 'Blynk'
        $given = @{ module = $module; url = $emulator.Blynk; client = $account.BlynkClient }
        $away = Start-Job { Import-Module $using:given.module; Connect-OAuthProvider Blynk -ServiceUrl $using:given.url -ClientCredential $using:given.client -Name inJob } |
            Receive-Job -Wait -AutoRemoveJob
        Assert-Description (Get-Failure { Get-OAuthToken $away }) 'inJob'
    }
}
