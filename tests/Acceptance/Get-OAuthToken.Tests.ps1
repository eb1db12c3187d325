BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'Get-OAuthToken' {
    BeforeEach { Reset-Emulator }

    It 'gives the token at once while it is good, without a request' {
        $null = Connect-Blynk
        Clear-Journal
        $token = Get-OAuthToken
        $token.TokenType, $token.Session | Should -Be 'Bearer', 'Blynk'
        $token.AccessToken | Should -BeOfType securestring
        $token.ExpiresAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'gives what Invoke-RestMethod takes as it is' {
        $null = Connect-Blynk
        $answer = Invoke-RestMethod "$($emulator.Blynk)/api/v1/organization/profile" -Authentication Bearer -Token (Get-OAuthToken).AccessToken -AllowUnencryptedAuthentication
        $answer.name | Should -Be 'Demo Organization'
    }

    It 'gives a string with -AsPlainText, on purpose' {
        $null = Connect-Blynk
        $text = Get-OAuthToken -AsPlainText
        $text | Should -BeOfType string
        ConvertFrom-SecureString (Get-OAuthToken).AccessToken -AsPlainText | Should -BeExactly $text
    }

    It 'renews a token that has expired: by refresh token at Blynk' {
        Set-Emulator @{ tokenLifetimeSeconds = 0 }
        $null = Connect-Blynk
        Set-Emulator @{ tokenLifetimeSeconds = $null }
        Clear-Journal
        (Get-OAuthToken).ExpiresAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
        (Get-Journal).query | Should -BeLike 'grant_type=refresh_token*'
    }

    It 'renews a token that has expired: by repeating the grant at SpatiaFi' {
        Set-Emulator @{ tokenLifetimeSeconds = 0 }
        $null = Connect-SpatiaFi
        $null = Connect-SpatiaFiUser @{ Name = 'me' }
        Set-Emulator @{ tokenLifetimeSeconds = $null }
        Clear-Journal
        (Get-OAuthToken SpatiaFi).ExpiresAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
        (Get-OAuthToken me).ExpiresAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
        Get-JournalLine | Should -Be 'POST /spatiafi/api/v1/auth/jwt/token 200', 'GET /spatiafi/api/v1/auth/jwt/token/basic 200'
    }

    It 'repeats the grant when the refresh token has expired too' {
        Set-Emulator @{ tokenLifetimeSeconds = 0; refreshTokenLifetimeSeconds = 0 }
        $null = Connect-Blynk
        Set-Emulator @{ tokenLifetimeSeconds = $null; refreshTokenLifetimeSeconds = $null }
        Clear-Journal
        $null = Get-OAuthToken
        (Get-Journal).status | Should -Be 400, 200
        (Get-Journal).query[1] | Should -Be 'grant_type=client_credentials'
    }

    It 'renews for a -MinimumLifetime given as <Name>' -ForEach @(
        @{ Name = 'a number of seconds'; Value = 280 }
        @{ Name = 'a TimeSpan'; Value = [timespan]::FromMinutes(4.9) }
        @{ Name = 'text'; Value = '00:04:50' }
        @{ Name = 'text of a number'; Value = '280' }
    ) {
        Set-Emulator @{ tokenLifetimeSeconds = 120 }
        $null = Connect-Blynk
        Set-Emulator @{ tokenLifetimeSeconds = $null }
        Clear-Journal
        $null = Get-OAuthToken -MinimumLifetime 5
        Get-Journal | Should -BeNullOrEmpty
        (Get-OAuthToken -MinimumLifetime $Value).ExpiresAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddMinutes(4))
        (Get-Journal).Count | Should -Be 1
    }

    It 'warns when no token of the provider lives as long as asked for' {
        Set-Emulator @{ tokenLifetimeSeconds = 300 }
        $null = Connect-Blynk
        $null = Get-OAuthToken -MinimumLifetime 01:00:00 -WarningVariable warning -WarningAction SilentlyContinue
        $warning | Should -BeLike '*live shorter than asked for*'
    }

    It 'refuses a -MinimumLifetime that is no time while binding' {
        (Get-Failure { Get-OAuthToken -MinimumLifetime soon }).CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'takes sessions, names and tokens from the pipeline' {
        $session = Connect-Blynk
        $null = Connect-SpatiaFi
        ($session | Get-OAuthToken).Session | Should -Be 'Blynk'
        ('Blynk', 'SpatiaFi' | Get-OAuthToken).Session | Should -Be 'Blynk', 'SpatiaFi'
        ([pscustomobject]@{ Session = 'Blynk' } | Get-OAuthToken).Session | Should -Be 'Blynk'
        (Get-OAuthToken Blynk | Get-OAuthToken).Session | Should -Be 'Blynk'
    }

    It 'shows session, type and time left, and no token' {
        Set-Emulator @{ tokenLifetimeSeconds = 300 }
        $null = Connect-Blynk
        $plain = Get-OAuthToken -AsPlainText
        $shown = (Get-OAuthToken | Out-String), (Get-OAuthToken | Format-List * -Force | Out-String), "$(Get-OAuthToken)", (Get-OAuthToken | ConvertTo-Json -Depth 5)
        $shown -join "`n" | Should -Not -BeLike "*$plain*"
        $shown[0] | Should -Match '[45] min'
    }

    It 'says that a session by HTTP Basic has none, and what to use instead' {
        $null = Connect-Spacebring
        $failure = Get-Failure { Get-OAuthToken }
        $failure.FullyQualifiedErrorId | Should -BeLike 'SessionHasNoToken,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Invoke-OAuthRestMethod*'
    }

    It 'says so where there is no session, or none of that name' {
        (Get-Failure { Get-OAuthToken }).FullyQualifiedErrorId | Should -BeLike 'SessionNotFound,*'
        $null = Connect-Blynk
        $failure = Get-Failure { Get-OAuthToken nowhere }
        $failure.FullyQualifiedErrorId | Should -BeLike 'SessionNotFound,*'
        $failure.Exception.Message | Should -BeLike "*'nowhere'*Blynk*"
    }

    It 'uses a token within its margin while the provider is down, with a warning' {
        Set-Emulator @{ tokenLifetimeSeconds = 700 }
        $null = Connect-Blynk
        $before = Get-OAuthToken -AsPlainText
        Add-Fault @{ path = '/blynk'; status = 503; body = 'down'; times = 0 }
        # Asked for longer than the token lives, and it still does as long as that.
        $failure = Get-Failure { Get-OAuthToken -MinimumLifetime 701 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ServerError,*'
        Get-OAuthToken -AsPlainText | Should -Be $before
    }
}

Describe 'Update-OAuthToken' {
    BeforeEach { Reset-Emulator }

    It 'renews whatever the clock says, and gives the new token' {
        $null = Connect-Blynk
        $before = Get-OAuthToken -AsPlainText
        Clear-Journal
        $token = Update-OAuthToken
        ConvertFrom-SecureString $token.AccessToken -AsPlainText | Should -Not -Be $before
        Get-OAuthToken -AsPlainText | Should -Be (ConvertFrom-SecureString $token.AccessToken -AsPlainText)
        (Get-Journal).Count | Should -Be 1
    }

    It 'takes sessions from the pipeline' {
        $null = Connect-Blynk
        $null = Connect-SpatiaFi
        (Get-OAuthSession | Update-OAuthToken).Session | Should -Be 'Blynk', 'SpatiaFi'
    }

    It 'changes nothing with -WhatIf' {
        $null = Connect-Blynk
        Clear-Journal
        Update-OAuthToken -WhatIf | Should -BeNullOrEmpty
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'leaves the token that was there when the renewal fails' {
        $null = Connect-SpatiaFi
        $before = Get-OAuthToken -AsPlainText
        Add-Fault @{ path = '/spatiafi'; status = 500; body = '<html>down</html>'; contentType = 'text/html'; times = 3 }
        (Get-Failure { Update-OAuthToken }).FullyQualifiedErrorId | Should -BeLike 'ServerError,*'
        Get-OAuthToken -AsPlainText | Should -Be $before
    }

    It 'says that a session by HTTP Basic has no token' {
        $null = Connect-Spacebring
        (Get-Failure { Update-OAuthToken }).FullyQualifiedErrorId | Should -BeLike 'SessionHasNoToken,*'
    }
}

Describe 'Revoke-OAuthToken' {
    BeforeEach { Reset-Emulator }

    It 'revokes at Spacebring, and the token is dead there' {
        $null = Connect-Spacebring @{ RefreshToken = (ConvertTo-Secret (Get-SpacebringRefreshToken)) }
        $headers = Get-OAuthRequestHeader
        Revoke-OAuthToken
        Get-OAuthSession | Should -BeNullOrEmpty
        $answer = Invoke-WebRequest "$($emulator.Spacebring)/locations/v1" -Headers $headers -SkipHttpErrorCheck
        $answer.StatusCode | Should -Be 401
    }

    It 'forgets the token with a warning where the provider documents no revocation' {
        $null = Connect-Blynk
        Clear-Journal
        Revoke-OAuthToken -WarningVariable warning -WarningAction SilentlyContinue
        $warning | Should -BeLike '*Blynk documents no revocation*'
        Get-OAuthSession | Should -BeNullOrEmpty
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        $null = Connect-Blynk
        Clear-Journal
        Revoke-OAuthToken -WhatIf
        (Get-OAuthSession).Name | Should -Be 'Blynk'
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'keeps the session when the provider refuses, and goes on with the next' {
        $null = Connect-Spacebring @{ RefreshToken = (ConvertTo-Secret (Get-SpacebringRefreshToken)); Name = 'one' }
        $null = Connect-Spacebring @{ RefreshToken = (ConvertTo-Secret (Get-SpacebringRefreshToken)); Name = 'two' }
        Add-Fault @{ path = '/spacebring/oauth2/revoke'; status = 503; body = '' }
        Get-OAuthSession | Revoke-OAuthToken -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ServerError,*'
        (Get-OAuthSession).Name | Should -Be 'one'
    }
}
