BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'Get-OAuthSession' {
    BeforeEach { Reset-Emulator }

    It 'gives nothing, and no error, where there is no session' {
        Get-OAuthSession | Should -BeNullOrEmpty
    }

    It 'finds sessions by name, by wildcard and from the pipeline' {
        $null = Connect-Blynk @{ Name = 'north' }
        $null = Connect-Blynk @{ Name = 'south' }
        (Get-OAuthSession NORTH).Name | Should -Be 'north'
        (Get-OAuthSession *o*).Name | Should -Be 'north', 'south'
        ('south' | Get-OAuthSession).Name | Should -Be 'south'
        ([pscustomobject]@{ Name = 'north' } | Get-OAuthSession).Name | Should -Be 'north'
    }

    It 'names those there are when there is none of a name' {
        $null = Connect-Blynk @{ Name = 'north' }
        $found = Get-OAuthSession nowhere, north -ErrorAction SilentlyContinue -ErrorVariable failure
        $found.Name | Should -Be 'north'
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'SessionNotFound,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure[0].ErrorDetails.RecommendedAction | Should -BeLike '*north*'
    }

    It 'is expired when its token is, and of use all the same' {
        Set-Emulator @{ tokenLifetimeSeconds = 0 }
        $session = Connect-SpatiaFi
        $session.IsExpired | Should -BeTrue
        $session | Out-String | Should -Match 'expired \d+ s ago'
        Set-Emulator @{ tokenLifetimeSeconds = $null }
        $null = Get-OAuthToken
        $session.IsExpired | Should -BeFalse
    }
}

Describe 'The members of a session' {
    BeforeEach { Reset-Emulator }

    It 'are what the server says besides the token, by its own names: harmless ones as text, others as SecureString' {
        Add-Fault @{ path = '/blynk/oauth2/token'; status = 200; body = '{"access_token":"the-access-token","expires_in":3600,"instance_url":"https://eu.example","pin":"1234"}' }
        $session = Connect-Blynk
        $session.Members.instance_url | Should -BeExactly 'https://eu.example'
        $session.Members.pin | Should -BeOfType securestring
        ConvertFrom-SecureString $session.Members.pin -AsPlainText | Should -BeExactly '1234'
        (Get-OAuthSession Blynk).Members.instance_url | Should -BeExactly 'https://eu.example'
        $session, $session.Members | Format-List * | Out-String | Should -Not -Match '1234|the-access-token'
    }

    It 'are those of the newest response' {
        Add-Fault @{ path = '/blynk/oauth2/token'; status = 200; body = '{"access_token":"first","shop":"north","team_id":"T1"}' }
        Add-Fault @{ path = '/blynk/oauth2/token'; status = 200; body = '{"access_token":"second","shop":"south"}' }
        $session = Connect-Blynk
        $null = Update-OAuthToken
        $session.Members.shop, $session.Members.team_id | Should -Be 'south', 'T1'
    }

    It 'are completed by Tab' {
        Add-Fault @{ path = '/blynk/oauth2/token'; status = 200; body = '{"access_token":"first-access-token","instance_url":"https://eu.example"}' }
        Set-Variable completedSession (Connect-Blynk) -Scope Global
        try { (TabExpansion2 '$global:completedSession.Members.inst' 35).CompletionMatches.CompletionText | Should -Contain 'instance_url' }
        finally { Remove-Variable completedSession -Scope Global }
    }

    It 'tell when the refresh token ends' {
        Add-Fault @{ path = '/blynk/oauth2/token'; status = 200; body = '{"access_token":"first-access-token","refresh_token":"r-1","refresh_token_expires_in":86400}' }
        $session = Connect-Blynk
        $session.RefreshTokenExpiresAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddHours(23))
        $session | Format-List | Out-String | Should -Match 'RefreshTokenExpiresAt\s+: \d'
    }
}

Describe 'Disconnect-OAuthProvider' {
    BeforeEach { Reset-Emulator }

    It 'ends the current session, and the one before becomes it' {
        $null = Connect-Blynk
        $null = Connect-SpatiaFi
        Disconnect-OAuthProvider
        (Get-OAuthSession).Name | Should -Be 'Blynk'
        (Get-OAuthToken).Session | Should -Be 'Blynk'
    }

    It 'ends sessions by name, as objects and from the pipeline, without a request' {
        $null = Connect-Blynk
        $space = Connect-Space
        $null = Connect-SpatiaFi
        Clear-Journal
        Disconnect-OAuthProvider Blynk
        Disconnect-OAuthProvider -Session $space
        Get-OAuthSession | Disconnect-OAuthProvider
        Get-OAuthSession | Should -BeNullOrEmpty
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'leaves an ended session unusable wherever it is still held' {
        $session = Connect-Blynk
        Disconnect-OAuthProvider
        $failure = Get-Failure { Get-OAuthToken $session }
        $failure.FullyQualifiedErrorId | Should -BeLike 'SessionEnded,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Connect-OAuthProvider*'
        (Get-Failure { Invoke-OAuthRestMethod /x -Session $session }).FullyQualifiedErrorId | Should -BeLike 'SessionEnded,*'
    }

    It 'leaves an ended session that had no token unusable too' {
        $session = Connect-Spacebring
        Disconnect-OAuthProvider
        (Get-Failure { Get-OAuthRequestHeader $session }).FullyQualifiedErrorId | Should -BeLike 'SessionEnded,*'
    }

    It 'revokes first with -Revoke' {
        $null = Connect-Spacebring @{ RefreshToken = (ConvertTo-Secret (Get-SpacebringRefreshToken)) }
        Clear-Journal
        Disconnect-OAuthProvider -Revoke
        Get-JournalLine | Should -Be 'POST /spacebring/oauth2/revoke 200'
        Get-OAuthSession | Should -BeNullOrEmpty
    }

    It 'keeps the session when the provider does not revoke' {
        $null = Connect-Spacebring @{ RefreshToken = (ConvertTo-Secret (Get-SpacebringRefreshToken)) }
        Add-Fault @{ path = '/spacebring/oauth2/revoke'; status = 500; body = 'down' }
        (Get-Failure { Disconnect-OAuthProvider -Revoke -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'ServerError,*'
        (Invoke-OAuthRestMethod /locations/v1).locations.Count | Should -Be 2
    }

    It 'changes nothing with -WhatIf' {
        $null = Connect-Blynk
        Clear-Journal
        Disconnect-OAuthProvider -Revoke -WhatIf
        (Get-OAuthSession).Name | Should -Be 'Blynk'
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'says so where there is no session' {
        $failure = Get-Failure { Disconnect-OAuthProvider }
        $failure.FullyQualifiedErrorId | Should -BeLike 'SessionNotFound,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Connect-OAuthProvider*'
    }
}
