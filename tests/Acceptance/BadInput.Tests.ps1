BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'A bad answer' {
    BeforeAll {
        # What every failure owes its user: an id to compare, a category, words, and what to do next.
        function Assert-Failure($Failure, [string] $Id, [string] $Category, [string] $Words = '*') {
            $Failure.FullyQualifiedErrorId | Should -BeLike "$Id,OAuthPS.Commands.*"
            $Failure.CategoryInfo.Category | Should -Be $Category
            $Failure.Exception.Message | Should -BeLike $Words
            $Failure.ErrorDetails.Message | Should -Not -BeNullOrEmpty
            $Failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            $Failure.Exception.Message | Should -BeLike "*$([WildcardPattern]::Escape($Failure.ErrorDetails.RecommendedAction))"
        }
    }

    BeforeEach {
        Reset-Emulator
        $null = Connect-Blynk
        $token = Get-OAuthToken -AsPlainText
    }

    # The session that was there is as it was, and the next try succeeds.
    AfterEach {
        Invoke-Control Delete faults
        Get-OAuthToken Blynk -AsPlainText | Should -Be $token
        (Invoke-OAuthRestMethod /api/v1/organization/profile -Session Blynk).name | Should -Be 'Demo Organization'
        (Update-OAuthToken Blynk).TokenType | Should -Be 'Bearer'
        (Get-OAuthSession).Name | Should -Be 'Blynk'
    }

    It '<Name> is <Id>' -ForEach @(
        @{ Name = 'a 500 with an HTML page'; Fault = @{ status = 500; body = '<html><h1>Oops</h1></html>'; contentType = 'text/html' }; Id = 'ServerError'; Category = 'ResourceUnavailable'; Words = '*status 500*gave no reason*text/html*' }
        @{ Name = 'a 503 without a body'; Fault = @{ status = 503; headers = @{ 'Retry-After' = '42' } }; Id = 'ServerError'; Category = 'ResourceUnavailable'; Words = '*after 42 s*' }
        @{ Name = 'a 429 with Retry-After'; Fault = @{ status = 429; headers = @{ 'Retry-After' = '42' }; body = '{"error":"slow_down","error_description":"Too many."}' }; Id = 'TooManyRequests'; Category = 'LimitsExceeded'; Words = '*slow_down: Too many.*42 s*' }
        @{ Name = 'a 403'; Fault = @{ status = 403; body = '{"detail":"Blocked in your region"}' }; Id = 'Forbidden'; Category = 'PermissionDenied'; Words = '*Blocked in your region*' }
        @{ Name = 'a 404'; Fault = @{ status = 404; body = 'no'; contentType = 'text/plain' }; Id = 'EndpointNotFound'; Category = 'ObjectNotFound'; Words = '*-ServiceUrl*' }
        @{ Name = 'invalid_scope'; Fault = @{ status = 400; body = '{"error":"invalid_scope","error_description":"Not yours"}' }; Id = 'InvalidScope'; Category = 'InvalidArgument'; Words = '*Not yours*-Scope*' }
        @{ Name = 'a list of FastAPI'; Fault = @{ status = 422; body = '{"detail":[{"loc":["body","grant_type"],"msg":"field required","type":"value_error.missing"}]}' }; Id = 'RequestRefused'; Category = 'InvalidArgument'; Words = '*body.grant_type: field required*' }
        @{ Name = 'a refusal in XML'; Fault = @{ status = 400; body = '<oauth><error>invalid_grant</error><error_description>Used before</error_description></oauth>'; contentType = 'application/xml' }; Id = 'InvalidGrant'; Category = 'AuthenticationError'; Words = '*invalid_grant: Used before.*' }
        @{ Name = 'a nested refusal'; Fault = @{ status = 400; body = '{"error":{"code":"invalid_client","message":"Locked"}}' }; Id = 'InvalidClient'; Category = 'AuthenticationError'; Words = '*invalid_client: Locked.*-ClientAuthentication*' }
        @{ Name = 'a 401 without a word'; Fault = @{ status = 401 }; Id = 'InvalidClient'; Category = 'AuthenticationError'; Words = '*gave no reason*-ClientAuthentication.*' }
        @{ Name = 'an empty body'; Fault = @{ status = 200; body = '' }; Id = 'ResponseEmpty'; Category = 'InvalidData'; Words = '*empty body*' }
        @{ Name = 'truncated JSON'; Fault = @{ body = '{"access_token":"abc","exp' }; Id = 'ResponseNotJson'; Category = 'InvalidData'; Words = '*JSON*' }
        @{ Name = 'an HTML page with status 200'; Fault = @{ body = '<html>sign in</html>'; contentType = 'text/html' }; Id = 'ResponseNotJson'; Category = 'InvalidData'; Words = '*text/html*' }
        @{ Name = 'JSON that is a list'; Fault = @{ body = '[{"access_token":"abc"}]' }; Id = 'ResponseNotJson'; Category = 'InvalidData' }
        @{ Name = 'JSON that is null'; Fault = @{ body = 'null' }; Id = 'ResponseNotJson'; Category = 'InvalidData' }
        @{ Name = 'an answer without access_token'; Fault = @{ body = '{"token_type":"Bearer"}' }; Id = 'ResponseIncomplete'; Category = 'InvalidData'; Words = "*'access_token' is missing*" }
        @{ Name = 'an access_token with a line break'; Fault = @{ body = '{"access_token":"a\r\nX-Injected: b"}' }; Id = 'ResponseIncomplete'; Category = 'InvalidData' }
        @{ Name = 'an unknown token type'; Fault = @{ body = '{"access_token":"abc","token_type":"mac"}' }; Id = 'TokenTypeUnknown'; Category = 'InvalidData'; Words = "*'mac'*" }
        @{ Name = 'JSON nested without end'; Fault = @{ body = '[' * 100000 }; Id = 'ResponseNotJson'; Category = 'InvalidData' }
        @{ Name = 'an endless body'; Fault = @{ endlessBody = $true }; Id = 'ResponseTooLarge'; Category = 'InvalidData'; Words = '*1 MiB*' }
        @{ Name = 'a connection lost before the answer'; Fault = @{ drop = $true }; Id = 'ConnectionLost'; Category = 'ConnectionError' }
        @{ Name = 'a connection lost halfway'; Fault = @{ dropMidway = $true; body = '{"access_token":"abcdefghijklmnop"}' }; Id = 'ConnectionLost'; Category = 'ConnectionError' }
        @{ Name = 'a redirect to another origin'; Fault = @{ status = 307; headers = @{ Location = 'https://elsewhere.example/token?leak=1' } }; Id = 'RedirectToOtherOrigin'; Category = 'ConnectionError'; Words = '*https://elsewhere.example;*' }
        @{ Name = 'a redirect from this origin to another port'; Fault = @{ status = 308; headers = @{ Location = 'http://127.0.0.1:9/token' } }; Id = 'RedirectToOtherOrigin'; Category = 'ConnectionError' }
        @{ Name = 'a redirect that would drop the POST'; Fault = @{ status = 302; headers = @{ Location = '/blynk/elsewhere' } }; Id = 'RedirectDropsMethod'; Category = 'ConnectionError'; Words = '*302*' }
        @{ Name = 'a redirect to itself'; Fault = @{ status = 307; headers = @{ Location = '/blynk/oauth2/token' } }; Id = 'RedirectLoop'; Category = 'ConnectionError' }
    ) {
        Add-Fault (@{ path = '/blynk/oauth2/token'; times = 0 } + $Fault)
        Assert-Failure (Get-Failure { Connect-Blynk @{ Name = 'new' } }) $Id $Category ($Words ?? '*')
        Assert-Failure (Get-Failure { Update-OAuthToken }) $Id $Category ($Words ?? '*')
    }

    It 'a number that arrives as text is taken for what it is' {
        Add-Fault @{ path = '/space/oauth/token'; body = '{"access_token":"abc","token_type":"bearer","expires_in":"600"}' }
        $session = Connect-Space
        ($session.ExpiresAt - [DateTimeOffset]::UtcNow).TotalSeconds | Should -BeGreaterThan 590
        Disconnect-OAuthProvider
    }

    It 'a scope that is half a character is as good as none' {
        Add-Fault @{ path = '/space/oauth/token'; body = '{"access_token":"abc","scope":"\ud800"}' }
        (Connect-Space).Scope | Should -BeNullOrEmpty
        Disconnect-OAuthProvider
    }

    It 'an answer that comes too late is RequestTimeout' {
        Add-Fault @{ path = '/blynk/oauth2/token'; delayMilliseconds = 30000 }
        Assert-Failure (Get-Failure { Connect-Blynk @{ Name = 'new'; Timeout = 0.2 } }) RequestTimeout OperationTimeout '*-Timeout*'
    }

    It 'an answer that is lost after it used up the refresh token costs no session' {
        Add-Fault @{ path = '/blynk/oauth2/token'; status = 500; body = ''; afterHandling = $true }
        Assert-Failure (Get-Failure { Update-OAuthToken }) ServerError ResourceUnavailable
    }

    It 'the provider''s words are shown without a secret it repeats, and without what a terminal obeys' {
        Add-Fault @{ path = '/blynk/oauth2/token'; status = 401; body = (ConvertTo-Json @{ error = 'invalid_client'; error_description = "wrong: canary-secret`e[31m`r`nLine" }) }
        $failure = Get-Failure { Connect-OAuthProvider Blynk -Name new -ServiceUrl $emulator.Blynk -ClientCredential (New-Credential me canary-secret) -ClientAuthentication Query -WarningAction Ignore }
        Assert-Failure $failure InvalidClient AuthenticationError '*wrong: `*`*`**'
        $failure.Exception.Message | Should -Not -Match "canary-secret|\e|\n"
    }
}

Describe 'A bad credential' {
    BeforeAll {
        function Assert-Failure($Failure, [string] $Id, [string] $Category, [string] $Words = '*') {
            $Failure.FullyQualifiedErrorId | Should -BeLike "$Id,OAuthPS.Commands.*"
            $Failure.CategoryInfo.Category | Should -Be $Category
            $Failure.Exception.Message | Should -BeLike $Words
            $Failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }
    }

    BeforeEach { Reset-Emulator }

    It 'a wrong secret or an unknown client at <Provider> is refused in the provider''s words' -ForEach @(
        @{ Provider = 'Blynk'; Base = 'blynk'; Id = 'oa2-client-id_demo'; ErrorId = 'InvalidClient'; Category = 'AuthenticationError'; Words = '*401*Client ID is not found or password is wrong.*' }
        @{ Provider = 'JetBrainsSpace'; Base = 'space'; Id = 'space-client'; ErrorId = 'InvalidClient'; Category = 'AuthenticationError'; Words = '*invalid_client: The client is unknown or its secret is wrong.*' }
        @{ Provider = 'SpatiaFi'; Base = 'spatiafi'; Id = '5d3a1c9e-7f0b-4f7e-8a51-2d9c6f0e1b42'; ErrorId = 'InvalidClient'; Category = 'AuthenticationError'; Words = '*App Credential is unknown*' }
    ) {
        foreach ($client in (New-Credential $Id wrong-secret), (New-Credential unknown wrong-secret)) {
            $failure = Get-Failure { Connect-OAuthProvider $Provider -ServiceUrl "$($emulator.Url)/$Base" -ClientCredential $client }
            Assert-Failure $failure $ErrorId $Category $Words
            $failure.Exception | Should -BeOfType OAuthPS.Flows.OAuthServerException
        }

        Get-OAuthSession | Should -BeNullOrEmpty
    }

    It 'a wrong secret at Spacebring is refused by the API' {
        $null = Connect-OAuthProvider Spacebring -ServiceUrl $emulator.Spacebring -ClientCredential (New-Credential 'client id' wrong) -Header @{ 'spacebring-network-id' = $account.SpacebringNetwork }
        Assert-Failure (Get-Failure { Invoke-OAuthRestMethod /locations/v1 }) Unauthorized AuthenticationError '*401*'
    }

    It 'a wrong password is refused in the provider''s words' {
        $failure = Get-Failure { Connect-OAuthProvider JetBrainsSpace -ServiceUrl $emulator.Space -ClientCredential $account.SpaceClient -Credential (New-Credential ada not-it) -Scope '**' -WarningAction Ignore }
        Assert-Failure $failure InvalidGrant AuthenticationError '*User name or password is wrong.*'
        $failure = Get-Failure { Connect-OAuthProvider SpatiaFi -ServiceUrl $emulator.SpatiaFi -Credential (New-Credential ada@example.com wrong) }
        Assert-Failure $failure InvalidGrant AuthenticationError '*LOGIN_BAD_CREDENTIALS*'
    }

    It 'an expired refresh token is InvalidGrant' {
        Set-Emulator @{ refreshTokenLifetimeSeconds = 0 }
        $refreshToken = ConvertTo-Secret (Get-BlynkRefreshToken)
        Assert-Failure (Get-Failure { Connect-Blynk @{ RefreshToken = $refreshToken } }) InvalidGrant AuthenticationError '*unknown, expired or was used before*connect again*'
    }

    It 'a revoked refresh token is InvalidGrant' {
        $refreshToken = ConvertTo-Secret (Get-SpacebringRefreshToken)
        $null = Connect-Spacebring @{ RefreshToken = $refreshToken }
        Revoke-OAuthToken
        Assert-Failure (Get-Failure { Connect-Spacebring @{ RefreshToken = $refreshToken } }) InvalidGrant AuthenticationError '*unknown or was revoked*'
    }

    It 'an empty credential says which part of it is empty' {
        Assert-Failure (Get-Failure { Connect-OAuthProvider Blynk -ServiceUrl $emulator.Blynk -ClientCredential ([pscredential]::Empty) }) InvalidCredential InvalidArgument '*client id is empty*'
        Assert-Failure (Get-Failure { Connect-OAuthProvider Blynk -ServiceUrl $emulator.Blynk -ClientCredential ([pscredential]::new('id', [securestring]::new())) }) InvalidCredential InvalidArgument '*client secret is empty*'
        Assert-Failure (Get-Failure { Connect-OAuthProvider SpatiaFi -ServiceUrl $emulator.SpatiaFi -Credential ([pscredential]::new('ada', [securestring]::new())) }) InvalidCredential InvalidArgument '*password is empty*'
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'nothing to connect with names what would do' {
        Assert-Failure (Get-Failure { Connect-OAuthProvider SpatiaFi -ServiceUrl $emulator.SpatiaFi }) MissingParameter InvalidArgument '*-ClientCredential*-Credential*'
        Assert-Failure (Get-Failure { Connect-OAuthProvider SpatiaFi -ServiceUrl $emulator.SpatiaFi -ClientCredential $null }) MissingParameter InvalidArgument
    }

    It 'a part that is missing is named: <Name>' -ForEach @(
        @{ Name = 'the client'; Provider = 'Blynk'; Flow = 'ClientCredentials'; Words = '*-ClientCredential.' }
        @{ Name = 'the user'; Provider = 'SpatiaFi'; Flow = 'Basic'; Words = '*-Credential.' }
        @{ Name = 'the refresh token'; Provider = 'Blynk'; Flow = 'RefreshToken'; With = $true; Words = '*-RefreshToken.' }
    ) {
        $with = $With ? @{ ClientCredential = $account.BlynkClient } : @{}
        Assert-Failure (Get-Failure { Connect-OAuthProvider $Provider -Flow $Flow -ServiceUrl $emulator.Url @with }) MissingParameter InvalidArgument $Words
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'a flow or a client authentication the provider does not have is told with those it has' {
        Assert-Failure (Get-Failure { Connect-Blynk @{ Flow = 'Password' } }) FlowNotSupported InvalidOperation '*ClientCredentials, RefreshToken*'
        Assert-Failure (Get-Failure { Connect-Blynk @{ ClientAuthentication = 'SecretJwt' } }) ClientAuthenticationNotSupported InvalidOperation '*Basic, Query*'
    }
}

Describe 'A bad address' {
    BeforeEach {
        Reset-Emulator
        function Connect-At($Url) { Get-Failure { Connect-OAuthProvider Blynk -ServiceUrl $Url -ClientCredential $account.BlynkClient } }
    }

    It 'an unknown provider is told with the known ones' {
        $failure = Get-Failure { Connect-OAuthProvider Gogle -ClientCredential $account.BlynkClient }
        $failure.FullyQualifiedErrorId | Should -BeLike 'UnknownProvider,*'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Blynk, JetBrainsSpace, Spacebring, SpatiaFi*'
    }

    It '<Url> is <Id>' -ForEach @(
        @{ Url = 'http://blynk.example'; Id = 'InsecureUrl'; Category = 'InvalidArgument' }
        @{ Url = 'http://127.0.0.1.example'; Id = 'InsecureUrl'; Category = 'InvalidArgument' }
        @{ Url = 'ftp://127.0.0.1'; Id = 'InsecureUrl'; Category = 'InvalidArgument' }
        @{ Url = 'https://user:canary@blynk.example'; Id = 'InvalidUrl'; Category = 'InvalidArgument' }
        @{ Url = '/relative'; Id = 'InvalidUrl'; Category = 'InvalidArgument' }
        @{ Url = ''; Id = 'InvalidUrl'; Category = 'InvalidArgument' }
        @{ Url = 'http://127.0.0.1:1'; Id = 'ServerUnreachable'; Category = 'ConnectionError' }
    ) {
        $failure = Connect-At $Url
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,OAuthPS.Commands.*"
        $failure.CategoryInfo.Category | Should -Be $Category
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $failure | Format-List * -Force | Out-String | Should -Not -Match 'canary@|:canary'
    }

    It 'a malformed address with a password in it is not repeated: <Name>' -ForEach @(
        @{ Name = 'Connect-OAuthProvider -ServiceUrl'; Call = { Connect-OAuthProvider Blynk -ServiceUrl $given -ClientCredential $account.BlynkClient } }
        @{ Name = 'New-OAuthClientAssertion -ServiceUrl'; Call = { New-OAuthClientAssertion -Provider Blynk -ServiceUrl $given -ClientCredential $account.BlynkClient } }
        @{ Name = 'New-SpatiaFiAppCredential -ServiceUrl'; Call = { New-SpatiaFiAppCredential -ServiceUrl $given -Credential $account.SpatiaFiUser } }
        @{ Name = 'Invoke-OAuthRestMethod -Uri'; Call = { Invoke-OAuthRestMethod $given } }
        @{ Name = 'Get-OAuthRequestHeader -Uri'; Call = { Get-OAuthRequestHeader -Uri $given } }
        @{ Name = 'Register-OAuthProvider -TokenEndpoint'; Call = { Register-OAuthProvider x -TokenEndpoint $given } }
        @{ Name = 'Register-OAuthProvider -AuthorizationEndpoint'; Call = { Register-OAuthProvider x -TokenEndpoint https://a.example/t -AuthorizationEndpoint $given } }
        @{ Name = 'Register-OAuthProvider -Issuer'; Call = { Register-OAuthProvider x -Issuer $given } }
        @{ Name = 'Get-OAuthServerMetadata'; Call = { Get-OAuthServerMetadata $given } }
        @{ Name = 'Connect-OAuthProvider -RedirectUri'; Call = { Connect-OAuthProvider Spacebring -RedirectUri $given -ClientCredential $account.SpacebringClient } }
    ) {
        $null = Connect-Blynk
        foreach ($given in 'https://user:canary@[bad', 'https://user:canary@api.example:99999/x', 'https://user:canary@', 'http://user:can@canary@api example/') {
            $failure = Get-Failure $Call
            $shown = "$failure $($failure | Format-List * -Force | Out-String) $(Get-Error -InputObject $failure | Out-String) $($failure.TargetObject)"
            $shown | Should -Not -Match 'canary@\[|canary@api|:canary|@canary'
        }
    }

    It 'a secret given as text is not repeated: <Name>' -ForEach @(
        @{ Name = 'Connect-OAuthProvider -RefreshToken'; Call = { Connect-OAuthProvider Blynk -RefreshToken $given } }
        @{ Name = 'Connect-OAuthProvider -Assertion'; Call = { Connect-OAuthProvider Blynk -Assertion $given } }
        @{ Name = 'Connect-OAuthProvider -Header'; Call = { Connect-OAuthProvider Blynk -Header $given } }
        @{ Name = 'Connect-OAuthProvider -AdditionalParameter'; Call = { Connect-OAuthProvider Blynk -AdditionalParameter $given } }
        @{ Name = 'Connect-OAuthProvider -AssertionClaim'; Call = { Connect-OAuthProvider Blynk -AssertionClaim $given } }
        @{ Name = 'Connect-OAuthProvider -ClientCertificatePassword'; Call = { Connect-OAuthProvider Blynk -ClientCertificatePassword $given } }
        @{ Name = 'New-OAuthClientAssertion -ClientKeyPassword'; Call = { New-OAuthClientAssertion a -ClientId x -ClientKey ./x.pem -ClientKeyPassword $given } }
        @{ Name = 'New-OAuthClientAssertion -AdditionalClaim'; Call = { New-OAuthClientAssertion a -ClientCredential $account.BlynkClient -AdditionalClaim $given } }
        @{ Name = 'ConvertFrom-OAuthJwt -Secret'; Call = { ConvertFrom-OAuthJwt a.b.c -Secret $given } }
        @{ Name = 'Invoke-OAuthRestMethod -Headers'; Call = { Invoke-OAuthRestMethod /x -Headers $given } }
    ) {
        $given = 'Authorization: Bearer canary-secret'
        $failure = Get-Failure $Call
        $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        $failure.Exception.Message | Should -BeLike '*It takes a *'
        "$failure $($failure | Format-List * -Force | Out-String) $(Get-Error -InputObject $failure | Out-String)" | Should -Not -Match 'canary-secret'
    }

    It 'a password in the address is shown neither by <Name> nor by the error, which is the same' -ForEach @(
        @{ Name = '-WhatIf'; With = @{ WhatIf = $true } }
        @{ Name = '-Verbose'; With = @{ Verbose = $true } }
    ) {
        $folder = Join-Path ([System.IO.Path]::GetTempPath()) "oauthps-$([guid]::NewGuid())"
        $failure = $null
        $null = Start-Transcript -Path $folder
        try { Connect-OAuthProvider Blynk -ServiceUrl https://user:canary@blynk.example -ClientCredential $account.BlynkClient @With 4>&1 | Out-Default }
        catch { $failure = $_ }
        finally { $null = Stop-Transcript }

        $said = Get-Content -Raw $folder
        Remove-Item $folder
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidUrl,*'
        "$failure" | Should -Match 'https://blynk\.example'
        "$failure$said" | Should -Not -Match ':canary'
    }

    It 'a server without TLS addressed by https is TlsFailure' {
        $failure = Connect-At ($emulator.Blynk -replace '^http:', 'https:')
        $failure.FullyQualifiedErrorId | Should -BeLike 'TlsFailure,*'
        $failure.CategoryInfo.Category | Should -Be 'ConnectionError'
        $failure.Exception.Message | Should -BeLike '*nothing was sent*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*certificate*'
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'a server that is not the provider is EndpointNotFound' {
        Add-Fault @{ path = '/nowhere'; status = 404; body = '<h1>Not found</h1>'; contentType = 'text/html' }
        (Connect-At "$($emulator.Url)/nowhere").FullyQualifiedErrorId | Should -BeLike 'EndpointNotFound,*'
    }

    It 'an API on plain HTTP elsewhere gets no token' {
        $null = Connect-Blynk
        (Get-Failure { Invoke-OAuthRestMethod http://api.example/x }).FullyQualifiedErrorId | Should -BeLike 'InsecureUrl,*'
    }

    It 'an API that redirects elsewhere gets no token there' {
        $null = Connect-Blynk
        Add-Fault @{ path = '/blynk/api'; status = 302; headers = @{ Location = 'https://elsewhere.example/' } }
        (Get-Failure { Invoke-OAuthRestMethod /api/v1/organization/profile }).FullyQualifiedErrorId | Should -BeLike 'RedirectToOtherOrigin,*'
    }
}
