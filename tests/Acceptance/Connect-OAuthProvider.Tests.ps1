BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'Connect-OAuthProvider' {
    BeforeEach { Reset-Emulator }

    Context 'Blynk' {
        It 'connects by client credentials with Basic, its parameters in the query' {
            $session = Connect-Blynk
            $session.Name, $session.Provider, $session.Flow | Should -Be 'Blynk', 'Blynk', 'ClientCredentials'
            $session.CanRefresh | Should -BeTrue
            $session.IsExpired | Should -BeFalse
            $request = Get-Journal
            $request.query | Should -Be 'grant_type=client_credentials'
            $request.requestHeaders.Authorization | Should -Be 'Basic ***'
            $request.requestBody | Should -BeNullOrEmpty
        }

        It 'puts id and secret into the query on demand, with a warning' {
            Get-Warning { Connect-Blynk @{ ClientAuthentication = 'Query' } } | Should -BeLike '*travels in the URL*-ClientAuthentication Basic*'
            (Get-Journal).requestHeaders.Authorization | Should -BeNullOrEmpty
            (Get-Journal).query | Should -BeLike 'client_id=oa2-client-id_demo&client_secret=`*`*`*&*'
        }

        It 'connects with a refresh token, which Blynk takes once' {
            $refreshToken = ConvertTo-Secret (Get-BlynkRefreshToken)
            (Connect-Blynk @{ RefreshToken = $refreshToken }).Flow | Should -Be 'RefreshToken'
            (Update-OAuthToken).TokenType | Should -Be 'Bearer'
            $failure = Get-Failure { Connect-Blynk @{ RefreshToken = $refreshToken; Name = 'again' } }
            $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidGrant,*'
        }

        It 'needs the address of the customer''s own server' {
            $failure = Get-Failure { Connect-OAuthProvider Blynk -ClientCredential $account.BlynkClient }
            $failure.FullyQualifiedErrorId | Should -BeLike 'ServiceUrlNeeded,*'
            $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-ServiceUrl*https://fra1.blynk.cloud*'
        }
    }

    Context 'SpatiaFi' {
        It 'connects by client credentials with a signed assertion where nothing else is said' {
            $session = Connect-SpatiaFi
            $session.Flow | Should -Be 'ClientCredentials'
            ($session.ExpiresAt - [DateTimeOffset]::UtcNow).TotalMinutes | Should -BeGreaterThan 13
            (Get-Journal).requestBody | Should -BeLike '*client_assertion_type=*client_assertion=`*`*`*'
        }

        It 'connects by client credentials with <_>' -ForEach 'SecretJwt', 'Basic', 'Post' {
            (Connect-SpatiaFi @{ ClientAuthentication = $_ }).Flow | Should -Be 'ClientCredentials'
            $request = Get-Journal
            $request.requestBody -match 'client_assertion=' | Should -Be ($_ -eq 'SecretJwt')
            $request.requestBody -match 'client_secret=' | Should -Be ($_ -eq 'Post')
            [bool] $request.requestHeaders.Authorization | Should -Be ($_ -eq 'Basic')
        }

        It 'gets a temporary token for a user name and password' {
            $session = Connect-SpatiaFiUser
            $session.Flow | Should -Be 'Basic'
            $session.CanRefresh | Should -BeTrue
            Get-JournalLine | Should -Be 'GET /spatiafi/api/v1/auth/jwt/token/basic 200'
        }

        It 'connects by password without a client, with a warning' {
            Get-Warning { Connect-SpatiaFiUser @{ Flow = 'Password' } } | Should -BeLike '*RFC 9700*ClientCredentials, Basic*'
            (Get-OAuthSession).Flow | Should -Be 'Password'
            (Get-Journal).requestBody | Should -BeLike 'grant_type=password*'
        }

        It 'says that the scope is not sent' {
            Get-Warning { Connect-SpatiaFi @{ Scope = 'all' } } | Should -BeLike '*ignores the scope*'
            (Get-Journal).requestBody | Should -Not -Match 'scope'
        }
    }

    Context 'JetBrains Space' {
        It 'connects by client credentials, for a secret with every awkward character' {
            (Connect-Space).Scope | Should -Be '**'
        }

        It 'sends scope tokens with a space between, and leaves their commas alone' {
            (Connect-Space @{ Scope = 'Project:*', 'Profile:EditAbsences,EditLanguages' }).Scope | Should -Be 'Project:* Profile:EditAbsences,EditLanguages'
        }

        It 'connects by password with a warning, and asks for a refresh token' {
            Get-Warning { Connect-Space @{ Credential = $account.SpaceUser; Scope = '**' } } | Should -BeLike '*password flow*'
            (Get-OAuthSession).Flow | Should -Be 'Password'
            (Get-Journal).requestBody | Should -BeLike '*access_type=offline*'
            Clear-Journal
            $null = Update-OAuthToken
            (Get-Journal).requestBody | Should -BeLike 'grant_type=refresh_token*'
        }
    }

    Context 'Spacebring' {
        It 'sends nothing at first: HTTP Basic goes with every API call' {
            $session = Connect-Spacebring
            $session.Flow, $session.CanRefresh, $session.ExpiresAt | Should -Be 'Basic', $false, $null
            Get-Journal | Should -BeNullOrEmpty
            (Invoke-OAuthRestMethod /locations/v1).locations.title | Should -Be 'Harbour House', 'Old Mill'
        }

        It 'says which header is missing, and how to give it' {
            $client = @{ ServiceUrl = $emulator.Spacebring; ClientCredential = $account.SpacebringClient; WarningAction = 'SilentlyContinue' }
            $token = ConvertTo-Secret (Get-SpacebringRefreshToken)
            $null = Connect-OAuthProvider Spacebring @client -RefreshToken $token -WarningVariable warning
            $warning | Should -BeLike "*spacebring-network-id*-Header @{*"

            $null = Connect-OAuthProvider Spacebring -Name customer @client -WarningVariable warning
            $warning | Should -BeNullOrEmpty
            (Invoke-OAuthRestMethod /locations/v1).locations.Count | Should -Be 2
        }

        It 'connects with a refresh token, and keeps it where the answer has none' {
            $session = Connect-Spacebring @{ RefreshToken = (ConvertTo-Secret (Get-SpacebringRefreshToken)); Name = 'partner' }
            $session.Flow | Should -Be 'RefreshToken'
            $first = Get-OAuthToken -AsPlainText
            $null = Update-OAuthToken
            $null = Update-OAuthToken
            Get-OAuthToken -AsPlainText | Should -Not -Be $first
            (Invoke-OAuthRestMethod /locations/v1).locations.Count | Should -Be 2
        }
    }

    Context 'whatever the provider' {
        It 'makes the session the current one, and puts it in the place of one of the same name' {
            $null = Connect-Blynk
            $null = Connect-SpatiaFi
            (Get-OAuthSession).Name | Should -Be 'Blynk', 'SpatiaFi'
            $null = Connect-Blynk
            (Get-OAuthSession).Name | Should -Be 'SpatiaFi', 'Blynk'
        }

        It 'names a session as told' {
            (Connect-Blynk @{ Name = 'factory' }).Name | Should -Be 'factory'
            (Get-OAuthSession).Name | Should -Be 'factory'
        }

        It 'renews no session for -WhatIf, whose token it would exchange' {
            Set-Emulator @{ tokenLifetimeSeconds = 0 }
            $null = Connect-Blynk
            Clear-Journal
            (Get-Failure { Connect-Blynk @{ Name = 'other'; SubjectToken = (Get-OAuthSession Blynk); WhatIf = $true } }).FullyQualifiedErrorId | Should -BeLike 'ParameterNotUsed,*'
            Get-Journal | Should -BeNullOrEmpty
        }

        It 'refuses <Name>, which belongs to something that was left out' -ForEach @(
            @{ Name = 'ClientCertificatePassword'; With = @{ ClientId = 'x'; ClientCertificatePassword = [securestring]::new() }; Next = '*-ClientCertificate*' }
            @{ Name = 'ActorTokenType'; With = @{ ClientId = 'x'; SubjectToken = 'abc'; ActorTokenType = 'jwt' }; Next = '*-ActorToken *' }
            @{ Name = 'ClientCertificate'; With = @{ SubjectToken = 'abc'; ClientCertificate = 'client.pem' }; Next = '*-ClientId*' }
        ) {
            $failure = Get-Failure { Connect-OAuthProvider Blynk -ServiceUrl https://blynk.example @With }
            $failure.FullyQualifiedErrorId | Should -BeLike 'MissingParameter,*'
            "$failure" | Should -BeLike "-$Name *"
            $failure.ErrorDetails.RecommendedAction | Should -BeLike $Next
            Get-Journal | Should -BeNullOrEmpty
        }

        It 'changes nothing and sends nothing with -WhatIf' {
            Connect-Blynk @{ WhatIf = $true } | Should -BeNullOrEmpty
            Get-OAuthSession | Should -BeNullOrEmpty
            Get-Journal | Should -BeNullOrEmpty
        }

        It 'leaves the session that was there when the new one fails' {
            $null = Connect-Blynk
            $token = Get-OAuthToken -AsPlainText
            $null = Get-Failure { Connect-OAuthProvider Blynk -ServiceUrl $emulator.Blynk -ClientCredential (New-Credential wrong wrong) }
            Get-OAuthToken -AsPlainText | Should -Be $token
        }

        It 'asks for HTTPS where only a host is given' {
            $failure = Get-Failure { Connect-OAuthProvider Blynk -ServiceUrl ([uri] $emulator.Url).Authority -ClientCredential $account.BlynkClient }
            $failure.FullyQualifiedErrorId | Should -BeLike 'TlsFailure,*'
            $failure.Exception.Message | Should -BeLike '*https://127.0.0.1:*'
        }

        It 'refuses a secretless and a secret client at once while binding' {
            $failure = Get-Failure { Connect-OAuthProvider Blynk -ServiceUrl $emulator.Blynk -ClientCredential $account.BlynkClient -ClientId x }
            $failure.FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
        }

        It 'refuses a refresh token in plain text while binding, without repeating it' {
            $failure = Get-Failure { Connect-OAuthProvider Blynk -ServiceUrl $emulator.Blynk -ClientCredential $account.BlynkClient -RefreshToken ('canary' + '-rt') }
            $failure.FullyQualifiedErrorId | Should -BeLike '*,OAuthPS.Commands.ConnectOAuthProviderCommand'
            $failure | Format-List * -Force | Out-String | Should -Not -BeLike '*canary-rt*'
        }

        It 'refuses a flow there is none of while binding, and names those there are' {
            $failure = Get-Failure { Connect-Blynk @{ Flow = 'Magic' } }
            $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
            $failure.Exception.Message | Should -BeLike "*'Magic' is none of ClientCredentials, *"
        }

        It 'takes a flow in any case and shortened' {
            (Connect-Blynk @{ Flow = 'clientcred' }).Flow | Should -Be 'ClientCredentials'
        }

        It 'refuses a time limit of <_> while binding' -ForEach 0, -1, '2.00:00:00' {
            (Get-Failure { Connect-Blynk @{ Timeout = $_ } }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        }

        It 'sends additional parameters, and lets none replace a part of the request' {
            $null = Connect-Space @{ AdditionalParameter = @{ audience = 'tests' } }
            (Get-Journal).requestBody | Should -BeLike '*audience=tests*'
            $failure = Get-Failure { Connect-Space @{ AdditionalParameter = @{ grant_type = 'password' } } }
            $failure.FullyQualifiedErrorId | Should -BeLike 'AdditionalParameterTaken,*'
        }

        It 'refuses Authorization among the headers' {
            (Get-Failure { Connect-Space @{ Header = @{ Authorization = 'Basic x' } } }).FullyQualifiedErrorId | Should -BeLike 'InvalidHeader,*'
        }

        It 'shows the request under -Verbose with its secrets replaced' {
            $said = Connect-Space @{ Verbose = $true } 4>&1 | Out-String -Width 400
            $said | Should -BeLike '*POST http://127.0.0.1:*/space/oauth/token*Basic `*`*`*, body: grant_type=client_credentials*'
            $said | Should -BeLike '*access_token=`*`*`**'
            $said | Should -Not -BeLike '*space-secret*'
        }

        It 'shows expiry as time left, and no secret' {
            Set-Emulator @{ tokenLifetimeSeconds = 300 }
            $text = Connect-Blynk | Out-String
            $text | Should -Match 'Expires in'
            $text | Should -Match '\b[45] min\b'
        }
    }
}
