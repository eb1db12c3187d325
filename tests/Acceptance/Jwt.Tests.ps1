BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    Get-OAuthSession | Disconnect-OAuthProvider
    $rsa = [System.Security.Cryptography.RSA]::Create(2048)
    $curve = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve]::CreateFromFriendlyName('nistP256'))
    $client = New-Credential me s3cr3t
    $audience = 'https://login.example.com/token'

    # What stands in a JWT, by hand.
    function New-Jwt([string] $Claims, [string] $Header = '{"alg":"none"}') {
        $parts = $Header, $Claims | ForEach-Object { [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($_)).TrimEnd('=').Replace('+', '-').Replace('/', '_') }
        "$($parts -join '.').c2ln"
    }

    function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }
}

Describe 'ConvertFrom-OAuthJwt' {
    It 'shows header and claims, with times as dates' {
        $jwt = New-Jwt '{"iss":"https://a.example","sub":"ada","aud":["x","y"],"exp":1767326645,"iat":1767323045.5,"nbf":"soon","auth_time":1767323000,"seen":"2026-01-02T03:04:05Z","n":{"deep":[1,2.5,null,true]}}' |
            ConvertFrom-OAuthJwt
        $jwt.Header.alg | Should -Be 'none'
        $jwt.Claims.exp | Should -BeOfType [DateTimeOffset]
        $jwt.Claims.exp, $jwt.ExpiresAt | ForEach-Object { $_.ToString('o') } | Should -Be (@('2026-01-02T04:04:05.0000000+00:00') * 2)
        $jwt.IssuedAt.ToString('o') | Should -Be '2026-01-02T03:04:05.5000000+00:00'
        $jwt.AuthenticatedAt.ToUnixTimeSeconds() | Should -Be 1767323000
        $jwt.NotBefore | Should -BeNullOrEmpty
        $jwt.Claims.nbf, $jwt.Claims.seen | Should -Be 'soon', '2026-01-02T03:04:05Z'
        $jwt.Claims.n.deep | Should -Be 1, 2.5, $null, $true
        $jwt.Issuer, $jwt.Subject, ($jwt.Audience -join '+') | Should -Be 'https://a.example', 'ada', 'x+y'
    }

    It 'marks what it shows as not verified, and never shows the signature' {
        $token = New-OAuthClientAssertion $audience -ClientId me -ClientKey $rsa -AsPlainText
        $signature = $token.Split('.')[2]
        $jwt = ConvertFrom-OAuthJwt $token
        $jwt.IsVerified | Should -BeFalse
        $views = ($jwt | Out-String -Width 300), ($jwt | Format-Table | Out-String), ($jwt | Format-List * -Force | Out-String -Width 3000), (ConvertTo-Json $jwt -Depth 6), "$jwt"
        $views[0, 1, 4] | ForEach-Object { $_ | Should -Match 'not verified' }
        $views | ForEach-Object { $_ | Should -Not -Match ([regex]::Escape($signature.Substring(0, 20))) }
    }

    It 'verifies with the <Name>' -ForEach @(
        @{ Name = 'key itself'; Key = { $rsa } }
        @{ Name = 'certificate'; Key = { [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=x', $rsa, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1).CreateSelfSigned([DateTimeOffset]::UtcNow, [DateTimeOffset]::UtcNow.AddDays(1)) } }
        @{ Name = 'text of a PEM'; Key = { $rsa.ExportSubjectPublicKeyInfoPem() } }
        @{ Name = 'file of a PEM'; Key = { Set-Content TestDrive:/public.pem $rsa.ExportSubjectPublicKeyInfoPem(); 'TestDrive:/public.pem' } }
    ) {
        $token = New-OAuthClientAssertion $audience -ClientId me -ClientKey $rsa -ClientKeyAlgorithm PS256
        $jwt = $token.ClientAssertion | ConvertFrom-OAuthJwt -Verify -Key (& $Key)
        $jwt.IsVerified, $jwt.Algorithm | Should -Be $true, 'PS256'
        $jwt | Out-String | Should -Match 'verified: the key given'
        $failure = Get-Failure { $token.ClientAssertion | ConvertFrom-OAuthJwt -Key $curve -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'JwtNotVerified,*'
        $failure.CategoryInfo.Category | Should -Be 'AuthenticationError'
    }

    It 'verifies with a secret' {
        $token = New-OAuthClientAssertion $audience -ClientCredential $client -AsPlainText
        (ConvertFrom-OAuthJwt $token -Secret (ConvertTo-Secret s3cr3t)).IsVerified | Should -BeTrue
        (Get-Failure { ConvertFrom-OAuthJwt $token -Secret (ConvertTo-Secret other) -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'JwtNotVerified,*'
    }

    It 'takes one as it was copied: <Name>' -ForEach @(
        @{ Name = 'with the scheme'; Copied = { "Bearer $args" } }
        @{ Name = 'with the header'; Copied = { "authorization: bearer  $args" } }
        @{ Name = 'with the scheme of DPoP'; Copied = { "DPoP $args" } }
        @{ Name = 'in quotes'; Copied = { "`"$args`"" } }
        @{ Name = 'in quotes with the scheme'; Copied = { "'Bearer $args'" } }
        @{ Name = 'with the quotes after the scheme'; Copied = { "Bearer `"$args`"" } }
        @{ Name = 'broken over lines'; Copied = { "$args".Insert(60, "`n").Insert(20, "`r`n  ") + "`n" } }
        @{ Name = 'with invisible characters'; Copied = { "`u{feff}$args".Insert(30, "`u{200b}") } }
    ) {
        $token = New-OAuthClientAssertion $audience -ClientId me -ClientKey $rsa -AsPlainText
        $given = & $Copied $token
        foreach ($form in $given, (ConvertTo-Secret $given)) {
            $jwt = ConvertFrom-OAuthJwt $form -Key $rsa -ErrorAction Stop
            $jwt.IsVerified, $jwt.Claims.sub | Should -Be $true, 'me'
        }
    }

    It 'says of <Token> that it is <Flaw>' -ForEach @(
        @{ Token = 'opaque'; Flaw = 'is not a JWT' }
        @{ Token = 'a.b.c.d.e'; Flaw = 'is encrypted' }
        @{ Token = 'a.b.c'; Flaw = 'has a header that is not a JSON object' }
        @{ Token = 'e30.eyJhIjoxLCJhIjoyfQ.c2ln'; Flaw = 'has a payload that has a member twice' }
        @{ Token = 'e30.eyJhIjoiXHVkODAwIn0.c2ln'; Flaw = 'has a payload that has text that is not Unicode' }
    ) {
        $failure = Get-Failure { ConvertFrom-OAuthJwt $Token -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'JwtInvalid,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidData'
        $failure.Exception.Message | Should -BeLike "The token $Flaw*"
        $failure.CategoryInfo.TargetName | Should -Be '***'
    }

    It 'goes on after a token that is none' {
        $seen = 'opaque', (New-Jwt '{"sub":"ada"}') | ConvertFrom-OAuthJwt -ErrorAction SilentlyContinue -ErrorVariable failure
        $seen.Subject | Should -Be 'ada'
        $failure.Count | Should -Be 1
    }

    It 'keeps names that cannot be properties, and what a terminal would obey out of its view' {
        $jwt = ConvertFrom-OAuthJwt (New-Jwt '{"Sub":1,"sub":"a\u001b[31mb","":2,"psobject":3}')
        $jwt.Claims['Sub'], $jwt.Claims['sub'], $jwt.Claims[''], $jwt.Claims['psobject'] | Should -Be 1, "a`e[31mb", 2, 3
        $PSStyle.OutputRendering = 'Ansi'
        try { $jwt | Format-List | Out-String | Should -Not -Match '\e\[31m' }
        finally { $PSStyle.OutputRendering = 'PlainText' }
    }

    It 'refuses a wrong mix while binding, and says what is missing' {
        (Get-Failure { ConvertFrom-OAuthJwt x -Key $rsa -Issuer https://a.example }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
        (Get-Failure { ConvertFrom-OAuthJwt x -Secret (ConvertTo-Secret a) -Key $rsa }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
        (Get-Failure { ConvertFrom-OAuthJwt (New-Jwt '{}') -Verify }).FullyQualifiedErrorId | Should -BeLike 'MissingParameter,*'
        (Get-Failure { ConvertFrom-OAuthJwt }).FullyQualifiedErrorId | Should -BeLike 'SessionNotFound,*'
        (Get-Failure { ConvertFrom-OAuthJwt '' }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgument*,*'
    }
}

Describe 'New-OAuthClientAssertion' {
    It 'signs with the secret, for the lifetime asked for, with claims added' {
        $assertion = New-OAuthClientAssertion $audience -ClientCredential $client -Lifetime 60 -AdditionalClaim ([ordered]@{ nbf = [datetime]::new(2026, 1, 2, 3, 4, 5, [DateTimeKind]::Utc); roles = 'a', 'b' })
        $assertion.ClientAssertion | Should -BeOfType [securestring]
        $assertion.ClientAssertionType | Should -Be 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
        $assertion.Algorithm, $assertion.ClientId, $assertion.Audience | Should -Be 'HS256', 'me', $audience
        ($assertion.ExpiresAt - [DateTimeOffset]::UtcNow).TotalSeconds | Should -BeGreaterThan 50
        ($assertion.ExpiresAt - [DateTimeOffset]::UtcNow).TotalSeconds | Should -BeLessOrEqual 60
        $jwt = $assertion.ClientAssertion | ConvertFrom-OAuthJwt
        $jwt.Issuer, $jwt.Subject, $jwt.Audience, ($jwt.Claims.roles -join '+') | Should -Be 'me', 'me', $audience, 'a+b'
        $jwt.NotBefore.ToUnixTimeSeconds() | Should -Be 1767323045
        $jwt.ExpiresAt | Should -Be $assertion.ExpiresAt
    }

    It 'takes the token endpoint of a provider' {
        (New-OAuthClientAssertion -Provider SpatiaFi -ClientCredential $client).Audience | Should -Be 'https://auth.spatiafi.com/api/v1/auth/jwt/token'
        (New-OAuthClientAssertion -Provider Blynk -ServiceUrl fra1.blynk.cloud -ClientCredential $client).Audience | Should -Be 'https://fra1.blynk.cloud/oauth2/token'
        (Get-Failure { New-OAuthClientAssertion -Provider Blynk -ClientCredential $client }).FullyQualifiedErrorId | Should -BeLike 'ServiceUrlNeeded,*'
    }

    It 'shows the assertion to nobody who does not ask for plain text' {
        $assertion = New-OAuthClientAssertion $audience -ClientId me -ClientKey $curve
        ($assertion | Out-String), ($assertion | Format-List * -Force | Out-String), (ConvertTo-Json $assertion), "$assertion" | ForEach-Object { $_ | Should -Not -Match 'eyJ' }
        New-OAuthClientAssertion $audience -ClientId me -ClientKey $curve -AsPlainText | Should -Match '^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$'
    }

    It 'refuses <Id>: <Name>' -ForEach @(
        @{ Name = 'no audience'; Id = 'MissingParameter'; With = { @{ ClientCredential = $client } } }
        @{ Name = 'a secret and a key'; Id = 'AmbiguousParameterSet'; With = { @{ Audience = 'x'; ClientCredential = $client; ClientKey = $rsa } } }
        @{ Name = 'a claim of its own'; Id = 'AdditionalClaimTaken'; With = { @{ Audience = 'x'; ClientCredential = $client; AdditionalClaim = @{ sub = 'canary' } } } }
        @{ Name = 'a lifetime of nothing'; Id = 'ParameterArgumentValidationError'; With = { @{ Audience = 'x'; ClientCredential = $client; Lifetime = 0 } } }
        @{ Name = 'an algorithm of another kind'; Id = 'KeyAlgorithm'; With = { @{ Audience = 'x'; ClientId = 'me'; ClientKey = $rsa; ClientKeyAlgorithm = 'ES256' } } }
        @{ Name = 'EdDSA'; Id = 'ParameterArgumentTransformationError'; With = { @{ Audience = 'x'; ClientId = 'me'; ClientKey = $rsa; ClientKeyAlgorithm = 'EdDSA' } } }
        @{ Name = 'a number for a key'; Id = 'ParameterArgumentTransformationError'; With = { @{ Audience = 'x'; ClientId = 'me'; ClientKey = 7 } } }
        @{ Name = 'a file that is not there'; Id = 'KeyFileNotFound'; With = { @{ Audience = 'x'; ClientId = 'me'; ClientKey = 'TestDrive:/none.pem' } } }
        @{ Name = 'a public key'; Id = 'KeyIsPublic'; With = { @{ Audience = 'x'; ClientId = 'me'; ClientKey = $rsa.ExportSubjectPublicKeyInfoPem() } } }
        @{ Name = 'an encrypted key without its password'; Id = 'KeyPasswordNeeded'; With = { @{ Audience = 'x'; ClientId = 'me'; ClientKey = $rsa.ExportEncryptedPkcs8PrivateKeyPem('canary', [System.Security.Cryptography.PbeParameters]::new('Aes256Cbc', 'SHA256', 1000)) } } }
        @{ Name = 'a certificate that is not there'; Id = 'CertificateNotFound'; With = { @{ Audience = 'x'; ClientId = 'me'; ClientKey = 'Cert:\CurrentUser\My\0123456789012345678901234567890123456789' } } }
    ) {
        $parameters = & $With
        $failure = Get-Failure { New-OAuthClientAssertion @parameters }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure | Format-List * -Force | Out-String | Should -Not -Match 'canary'
    }

    It 'says why EdDSA is not possible' {
        (Get-Failure { New-OAuthClientAssertion x -ClientId me -ClientKey $rsa -ClientKeyAlgorithm EdDSA }).Exception.Message | Should -BeLike '*.NET has no Ed25519*ES256*'
    }
}

Describe 'Keys and tokens as parameters' {
    It 'are completed: <Line>' -ForEach @(
        @{ Line = 'Connect-OAuthProvider -ClientKeyAlgorithm P'; Expected = 'PS256', 'PS384', 'PS512' }
        @{ Line = 'New-OAuthClientAssertion -ClientKeyAlgorithm es'; Expected = 'ES256', 'ES384', 'ES512' }
        @{ Line = 'New-OAuthClientAssertion -Provider Spat'; Expected = @('SpatiaFi') }
    ) { Complete $Line | Should -Be $Expected }

    It 'are in parameter sets of their own' {
        $sets = (Get-Command Connect-OAuthProvider).ParameterSets
        ($sets | Where-Object { $_.Parameters.Name -contains 'ClientKey' }).Name | Should -Be 'ClientKey'
        (Get-Help New-OAuthClientAssertion).Name | Should -Be 'New-OAuthClientAssertion'
        (Get-Command Test-OAuthToken).ParameterSets.Name | Should -Be 'Session', 'Issuer'
    }

    It 'refuse a wrong mix while binding' {
        foreach ($wrong in @{ ClientCredential = $client; ClientKey = $rsa }, @{ ClientId = 'me'; ClientKeyAlgorithm = 'RS256'; ClientCredential = $client }, @{ ClientKey = $rsa; UseVendorCredential = $true }) {
            (Get-Failure { Connect-OAuthProvider SpatiaFi @wrong }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
        }

        (Get-Failure { Test-OAuthToken x -Issuer https://a.example -Session y }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
    }

    It 'leave a client id alone what it was' {
        (Get-Failure { Connect-OAuthProvider Blynk -ServiceUrl https://127.0.0.1:1 -ClientId me -ClientKey $rsa }).FullyQualifiedErrorId | Should -BeLike 'ClientAuthenticationNotSupported,*'
        (Get-Failure { Connect-OAuthProvider Blynk -ServiceUrl https://127.0.0.1:1 -ClientId me }).FullyQualifiedErrorId | Should -BeLike 'MissingParameter,*'
    }
}

Describe 'Test-OAuthToken' {
    BeforeAll {
        $emulator = Start-Emulator
        $account = Get-Account
    }

    AfterAll { Stop-Emulator }

    It 'says where nobody can say whether a token is good' {
        $null = Connect-Blynk
        (Get-Failure { Test-OAuthToken -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'TokenNotTestable,*'
        Get-OAuthSession | Disconnect-OAuthProvider
        (Get-Failure { Test-OAuthToken some-token }).FullyQualifiedErrorId | Should -BeLike 'SessionNotFound,*'
    }

    It 'tests by an issuer''s keys without a session' {
        $port = & { $probe = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0); $probe.Start(); $probe.LocalEndpoint.Port; $probe.Stop() }
        $issuer = "http://127.0.0.1:$port"
        $server = [System.Net.HttpListener]::new()
        $server.Prefixes.Add("$issuer/")
        $server.Start()
        $public = $rsa.ExportParameters($false)
        $encode = { param($bytes) [Convert]::ToBase64String($bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_') }
        $keys = ConvertTo-Json -Depth 4 @{ keys = @(@{ kty = 'RSA'; n = (& $encode $public.Modulus); e = (& $encode $public.Exponent) }) }
        $metadata = ConvertTo-Json @{ issuer = $issuer; jwks_uri = "$issuer/keys" }
        $job = Start-ThreadJob {
            param($server, $metadata, $keys)
            do {
                $context = $server.GetContext()
                $context.Response.ContentType = 'application/json'
                $context.Response.OutputStream.Write([System.Text.Encoding]::UTF8.GetBytes($context.Request.Url.AbsolutePath -eq '/keys' ? $keys : $metadata))
                $context.Response.Close()
            } until ($context.Request.Url.AbsolutePath -eq '/end')
        } -ArgumentList $server, $metadata, $keys
        try {
            # A client whose id is the issuer's name signs as the issuer would.
            $token = New-OAuthClientAssertion https://api.example.com -ClientId $issuer -ClientKey $rsa -AdditionalClaim @{ scope = 'read'; client_id = 'me' }
            $test = Test-OAuthToken $token.ClientAssertion -Issuer $issuer -Audience https://api.example.com
            $test.IsActive, $test.Method, $test.Subject, $test.Scope, $test.ClientId | Should -Be $true, 'Local', $issuer, 'read', 'me'
            $test.ExpiresAt | Should -Be $token.ExpiresAt
            $token.ClientAssertion | Test-OAuthToken -Issuer $issuer -Audience https://other.example.com -Quiet | Should -BeFalse
            $other = New-OAuthClientAssertion x -ClientId $issuer -ClientKey ([System.Security.Cryptography.RSA]::Create(2048)) -AsPlainText
            $test = Test-OAuthToken $other -Issuer $issuer
            $test.IsActive, $test.Reason | Should -Be $false, 'It has a signature that does not fit.'
            (ConvertFrom-OAuthJwt $token.ClientAssertion -Verify -Issuer $issuer).VerifiedBy | Should -Be $issuer
            (Get-Failure { ConvertFrom-OAuthJwt $other -Issuer $issuer -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'JwtNotVerified,*'
        }
        finally {
            # A job that waits for a request is not always woken by the listener's end; a last request ends it.
            $null = Invoke-WebRequest "$issuer/end"
            $job | Wait-Job | Remove-Job
            $server.Close()
        }
    }
}
