# What Connect-OAuthProvider has beyond a secret and a scope, at an oidc-provider that is as strict as it can be.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot Peer.psm1) -Force
    $missing = ($IsWindows -or $IsMacOS) ? 'Only on Linux can the configuration folder be moved.' : (Get-MissingPeer)
}

Describe 'A session whose tokens are bound to a key (DPoP)' -Skip:([bool] $missing) -Tag "$missing" {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
        Import-Module (Join-Path $PSScriptRoot Peer.psm1) -Force
        $folder = Join-Path ([System.IO.Path]::GetTempPath()) "oauthps-$([guid]::NewGuid())"
        $null = New-Item -ItemType Directory $folder
        $peer = Start-Peer strict.mjs
        Set-Content (Join-Path $folder client.pem) $peer.privateKey.pem
        function Invoke-Shell([string] $Script) { Invoke-PeerShell $peer $folder "`$key = @{ ClientKey = `"`$folder/client.pem`" }`n$Script" }
    }

    AfterAll {
        Stop-Peer
        Remove-Item -Recurse -Force $folder -ErrorAction Ignore
    }

    It 'connects, renews and says of its token that it is DPoP' {
        $seen = Invoke-Shell @'
            $null = Connect-OAuthProvider Peer -ClientId $peer.clients.dpop.id @key -Flow ClientCredentials -DPoP
            $first = Get-OAuthToken
            $second = Update-OAuthToken
            $first.TokenType, $second.TokenType
            (Test-OAuthToken).IsActive
'@
        $seen | Should -Be 'DPoP', 'DPoP', $true
    }

    It 'gives the headers of a call only for that call' {
        $seen = Invoke-Shell @'
            $null = Connect-OAuthProvider Peer -ClientId $peer.clients.dpop.id @key -Flow ClientCredentials -DPoP
            $headers = Get-OAuthRequestHeader -Method POST -Uri /things
            "$($headers.Keys | Sort-Object)"
            "$($headers.Authorization)".Split(' ')[0]
            $claims = ConvertFrom-OAuthJwt $headers.DPoP
            $claims.Claims.htm
            $claims.Claims.htu
            IdOf { Get-OAuthRequestHeader }
            "$($headers | Out-String)"
'@
        $seen[0..4] | Should -Be 'Authorization DPoP', 'DPoP', 'POST', "$($peer.issuer)/things", 'CallNeeded,OAuthPS.Commands.GetOAuthRequestHeaderCommand'
        $seen[5] | Should -Not -Match 'eyJ'
    }

    It 'is refused without -DPoP where the client must' {
        Invoke-Shell 'IdOf { Connect-OAuthProvider Peer -ClientId $peer.clients.dpop.id @key -Flow ClientCredentials }' | Should -BeLike 'InvalidGrant,*'
    }

    It 'shows no proof and no token in what it says' {
        $seen = Invoke-Shell @'
            "$(Connect-OAuthProvider Peer -ClientId $peer.clients.dpop.id @key -Flow ClientCredentials -DPoP -Verbose *>&1)"
            Get-OAuthToken -AsPlainText
'@
        $seen[0] | Should -Match 'DPoP: \*\*\*'
        $seen[0] | Should -Not -Match ([regex]::Escape($seen[1]))
        $seen[0] | Should -Not -Match 'eyJ'
    }

    It 'exchanges a token that comes as <Name>' -ForEach @(
        @{ Name = 'a SecureString'; Token = '$token.AccessToken' }
        @{ Name = 'what Get-OAuthToken gives'; Token = '$token' }
        @{ Name = 'a session'; Token = '(Get-OAuthSession first)' }
    ) {
        $seen = Invoke-Shell @"
            `$null = Connect-OAuthProvider Peer -Name first -ClientId `$peer.clients.exchange.id @key -Flow ClientCredentials -Scope api:read
            `$token = Get-OAuthToken
            `$session = Connect-OAuthProvider Peer -ClientId `$peer.clients.exchange.id @key -SubjectToken $Token -Audience backend -RequestedTokenType access_token -Scope api:read
            "`$(`$session.Flow)"; `$session.Scope; `$session.CanRefresh
"@
        $seen | Should -Be 'TokenExchange', 'api:read', $true
    }

    It 'refuses what says more of an exchange than there is to exchange' {
        Invoke-Shell 'IdOf { Connect-OAuthProvider Peer -ClientId x @key -RequestedTokenType access_token }' | Should -BeLike 'MissingParameter,*'
    }

    It 'signs an assertion of its own with the key, and the claims that were given' {
        $seen = Invoke-Shell @'
            $with = @{ Provider = 'Peer'; ClientId = $peer.clients.assertion.id; Flow = 'JwtBearer'; ClientAuthentication = 'PrivateKeyJwt'; Scope = 'api:read' }
            "$((Connect-OAuthProvider @with @key).Flow)"
            IdOf { Connect-OAuthProvider @with @key -AssertionClaim @{ exp = (Get-Date).AddHours(-1) } }
'@
        $seen | Should -Be 'JwtBearer', 'InvalidGrant,OAuthPS.Commands.ConnectOAuthProviderCommand'
    }

    It 'asks for a resource and for details, given as hashtables or as JSON' {
        $seen = Invoke-Shell @'
            $with = @{ Provider = 'Peer'; ClientId = $peer.clients.resource.id; Flow = 'ClientCredentials'; Resource = 'https://api.example.com/pay' }
            $null = Connect-OAuthProvider @with @key -AuthorizationDetail @{ type = 'payment_initiation'; actions = @('initiate') }
            (Get-OAuthToken).AuthorizationDetails
            (ConvertFrom-OAuthJwt).Claims.aud
            $null = Connect-OAuthProvider @with @key -AuthorizationDetail '{"type":"payment_initiation","actions":["status"]}'
            (Get-OAuthToken).AuthorizationDetails
            IdOf { Connect-OAuthProvider @with @key -AuthorizationDetail @{ actions = 1 } }
'@
        (ConvertFrom-Json $seen[0]).actions | Should -Be 'initiate'
        $seen[1] | Should -Be 'https://api.example.com/pay'
        (ConvertFrom-Json $seen[2]).actions | Should -Be 'status'
        $seen[3] | Should -Be 'InvalidAuthorizationDetails,OAuthPS.Commands.ConnectOAuthProviderCommand'
    }

    It 'tells with -WhatIf what it would send, and sends nothing' {
        $seen = Invoke-Shell @'
            $null = Get-OAuthServerMetadata $issuer
            Start-Transcript "$folder/whatif.txt" -UseMinimalHeader | Out-Null
            Connect-OAuthProvider Peer -ClientId $peer.clients.dpop.id @key -Flow ClientCredentials -DPoP -Scope api:read -WhatIf
            Connect-OAuthProvider Blynk -ServiceUrl https://nobody.invalid -ClientCredential ([pscredential]::new('the-id', (ConvertTo-SecureString 'canary-secret' -AsPlainText -Force))) -WhatIf
            Stop-Transcript | Out-Null
            @(Get-OAuthSession).Count
            Get-Content -Raw "$folder/whatif.txt"
'@
        $seen[0] | Should -Be 0
        $seen[1] | Should -Match 'POST http://127\.0\.0\.1:\d+/token, DPoP: \*\*\*, body: grant_type=client_credentials&scope=api:read&client_assertion_type=\S+&client_assertion=\*\*\*'
        $seen[1] | Should -Match 'POST https://nobody\.invalid/oauth2/token\?grant_type=client_credentials, Authorization: Basic \*\*\*'
        $seen[1] | Should -Not -Match 'canary-secret|eyJ'
    }

    It 'completes kinds of tokens and algorithms' {
        $seen = Invoke-Shell @'
            foreach ($line in 'Connect-OAuthProvider Peer -SubjectTokenType ', 'Connect-OAuthProvider Peer -ClientKeyAlgorithm ES', 'Connect-OAuthProvider Peer -Flow T', 'Connect-OAuthProvider Peer -ClientAuthentication ') {
                "$((TabExpansion2 $line).CompletionMatches.CompletionText)"
            }
'@
        $seen[0] | Should -Be 'access_token refresh_token id_token jwt saml1 saml2'
        $seen[1] | Should -Be 'ES256 ES384 ES512'
        $seen[2] | Should -Be 'TokenExchange'
        $seen[3] | Should -Be 'PrivateKeyJwt None'
    }
}

Describe 'A client with a certificate' -Skip:([bool] $missing) -Tag "$missing" {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
        Import-Module (Join-Path $PSScriptRoot Peer.psm1) -Force
        $folder = Join-Path ([System.IO.Path]::GetTempPath()) "oauthps-$([guid]::NewGuid())"
        $null = New-Item -ItemType Directory $folder

        function New-Certificate([string] $Name) {
            $key = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve]::CreateFromFriendlyName('nistP256'))
            $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new("CN=$Name", $key, 'SHA256')
            $names = [System.Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder]::new()
            $names.AddIpAddress([System.Net.IPAddress]::Loopback)
            $request.CertificateExtensions.Add($names.Build())
            $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
        }

        function Get-KeyPem($Certificate) { [System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::GetECDsaPrivateKey($Certificate).ExportPkcs8PrivateKeyPem() }

        $server = New-Certificate '127.0.0.1'
        $client = New-Certificate 'job.example.com'
        $peer = Start-Peer strict.mjs @{
            OAUTHPS_PEER_TLS_KEY = Get-KeyPem $server
            OAUTHPS_PEER_TLS_CERTIFICATE = $server.ExportCertificatePem()
            OAUTHPS_PEER_CLIENT_CERTIFICATE = $client.ExportCertificatePem()
        }
        Set-Content (Join-Path $folder server.pem) $server.ExportCertificatePem()
        Set-Content (Join-Path $folder client.pem) "$($client.ExportCertificatePem())`n$(Get-KeyPem $client)"
        Set-Content (Join-Path $folder half.pem) $client.ExportCertificatePem()
        [System.IO.File]::WriteAllBytes((Join-Path $folder client.pfx), $client.Export('Pkcs12', 'päss'))

        # .NET on Linux trusts what this file names.
        function Invoke-Shell([string] $Script) { Invoke-PeerShell $peer $folder $Script @{ SSL_CERT_FILE = (Join-Path $folder server.pem) } }
    }

    AfterAll {
        Stop-Peer
        Remove-Item -Recurse -Force $folder -ErrorAction Ignore
    }

    It 'connects by a PEM file, a PKCS #12 file, a text and an object' {
        $seen = Invoke-Shell @'
            $password = ConvertTo-SecureString 'päss' -AsPlainText -Force
            $with = @{ Provider = 'Peer'; ClientId = $peer.clients.tls.id; Flow = 'ClientCredentials'; ClientAuthentication = 'Tls' }
            "$((Connect-OAuthProvider @with -ClientCertificate "$folder/client.pem").Flow)"
            "$((Connect-OAuthProvider @with -ClientCertificate "$folder/client.pfx" -ClientCertificatePassword $password).Flow)"
            "$((Connect-OAuthProvider @with -ClientCertificate (Get-Content -Raw "$folder/client.pem")).Flow)"
            "$((Connect-OAuthProvider @with -ClientCertificate ([System.Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPemFile("$folder/client.pem"))).Flow)"
'@
        $seen | Should -Be (@('ClientCredentials') * 4)
    }

    It 'says what is wrong with <Name>' -ForEach @(
        @{ Name = 'a certificate without its key'; Given = '-ClientCertificate "$folder/half.pem"'; Id = 'KeyIsPublic' }
        @{ Name = 'a file that is not there'; Given = '-ClientCertificate "$folder/nothing.pem"'; Id = 'KeyFileNotFound' }
        @{ Name = 'a password that is missing'; Given = '-ClientCertificate "$folder/client.pfx"'; Id = 'KeyPasswordNeeded' }
        @{ Name = 'another certificate'; Given = '-ClientCertificate (New-Object System.Security.Cryptography.X509Certificates.CertificateRequest "CN=x", ([System.Security.Cryptography.RSA]::Create()), SHA256, ([System.Security.Cryptography.RSASignaturePadding]::Pkcs1)).CreateSelfSigned([DateTimeOffset]::UtcNow, [DateTimeOffset]::UtcNow.AddDays(1))'; Id = 'InvalidClient' }
    ) {
        Invoke-Shell "IdOf { Connect-OAuthProvider Peer -ClientId `$peer.clients.tls.id -Flow ClientCredentials -ClientAuthentication Tls $Given }" | Should -BeLike "$Id,*"
    }
}
