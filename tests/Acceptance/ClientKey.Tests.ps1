# A client with a private key, at oidc-provider. Providers are registered in the user's configuration folder, so each test runs a
# PowerShell process of its own, whose folder is a temporary one.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot Peer.psm1) -Force
    $missing = ($IsWindows -or $IsMacOS) ? 'Only on Linux can the configuration folder be moved.' : (Get-MissingPeer)
}

Describe 'A client with a private key' -Skip:([bool] $missing) -Tag "$missing" {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
        Import-Module (Join-Path $PSScriptRoot Peer.psm1) -Force
        $peer = Start-Peer
        $folder = Join-Path ([System.IO.Path]::GetTempPath()) "oauthps-$([guid]::NewGuid())"
        $null = New-Item -ItemType Directory $folder
        $pem = Join-Path $folder client.pem
        Set-Content $pem $peer.privateKey.pem

        # $client, $issuer, $pem and $folder are at hand, and the provider Peer.
        function Invoke-Shell([string] $Script) {
            Invoke-PeerShell $peer $folder "`$client = '$($peer.clients.privateKeyJwt.id)'; `$pem = '$pem'`n$Script"
        }
    }

    AfterAll {
        Stop-Peer
        Remove-Item -Recurse -Force $folder -ErrorAction Ignore
    }

    It 'connects with a file, a text, a SecureString, an object, a JWK and a PKCS #12, by private_key_jwt without being told' {
        $seen = Invoke-Shell @'
            $key = [System.Security.Cryptography.ECDsa]::Create()
            $key.ImportFromPem((Get-Content -Raw $pem))
            $text = Get-Content -Raw $pem
            $parameters = $key.ExportParameters($true)
            function Encode($bytes) { [Convert]::ToBase64String($bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_') }
            $jwk = ConvertTo-Json @{ kty = 'EC'; crv = 'P-256'; kid = 'client-key'; x = (Encode $parameters.Q.X); y = (Encode $parameters.Q.Y); d = (Encode $parameters.D) }
            Set-Content $folder/client.jwk $jwk
            $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=client', $key, 'SHA256')
            $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
            [System.IO.File]::WriteAllBytes("$folder/client.pfx", $certificate.Export('Pkcs12', 'päss'))
            $password = ConvertTo-SecureString 'päss' -AsPlainText -Force
            $with = @{ Provider = 'Peer'; ClientId = $client; Scope = 'api:read'; Verbose = $true }
            foreach ($source in $pem, (Get-Item $pem), $text, (ConvertTo-SecureString $text -AsPlainText -Force), $key, $certificate, "$folder/client.jwk") {
                "$(Connect-OAuthProvider @with -ClientKey $source -ClientAuthentication PrivateKeyJwt 4>&1)"
            }
            "$(Connect-OAuthProvider @with -ClientKey "$folder/client.pfx" -ClientKeyPassword $password -ClientKeyId client-key -ClientKeyAlgorithm es256 4>&1)"
            Push-Location $folder
            "$(Connect-OAuthProvider @with -ClientKey ./client.pem 4>&1)"
            "$((Get-OAuthSession).Flow)"
'@
        $seen.Count | Should -Be 10
        $seen[0..8] | ForEach-Object { $_ | Should -BeLike '*POST*/token*client_assertion=`*`*`**access_token=`*`*`**' }
        $seen[9] | Should -Be 'ClientCredentials'
    }

    It 'is refused with another key, in the server''s own words' {
        Invoke-Shell 'IdOf { Connect-OAuthProvider Peer -ClientId $client -ClientKey ([System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve]::CreateFromFriendlyName("nistP256"))) }' |
            Should -BeLike 'InvalidClient,*'
    }

    It 'tests its token at the server, and a revoked one is not active' {
        $seen = Invoke-Shell @'
            $null = Connect-OAuthProvider Peer -ClientId $client -ClientKey $pem -Scope api:read
            $token = Get-OAuthToken
            $test = Test-OAuthToken
            $test
            Test-OAuthToken -Quiet
            $test | Format-Table | Out-String
            $test | Format-List | Out-String
            $null = Connect-OAuthProvider Peer -ClientId $client -ClientKey $pem -Name other
            Revoke-OAuthToken Peer
            Test-OAuthToken $token.AccessToken -Session other
            $token.AccessToken | Test-OAuthToken -Session other -Quiet
            ConvertFrom-SecureString $token.AccessToken -AsPlainText | Test-OAuthToken -Quiet
            Get-OAuthToken other | Test-OAuthToken -Quiet
            Get-OAuthSession other | Test-OAuthToken -Quiet
            IdOf { ConvertFrom-OAuthJwt -ErrorAction Stop }
'@
        $seen[0].IsActive, $seen[0].Method, $seen[0].Scope | Should -Be $true, 'Introspection', 'api:read'
        $seen[1] | Should -BeTrue
        $seen[2] | Should -Match 'IsActive +Method +Expires in'
        $seen[3] | Should -Match 'Reason +: The server says that it is active\.'
        $seen[4].IsActive | Should -BeFalse
        $seen[4].Reason | Should -BeLike '*not active*'
        $seen[5..8] | Should -Be $false, $false, $true, $true
        $seen[9] | Should -BeLike 'JwtInvalid,*'
    }

    It 'signs an assertion for a token request of the script''s own' {
        $seen = Invoke-Shell @'
            $assertion = New-OAuthClientAssertion -ClientId $client -ClientKey $pem -Provider Peer
            $assertion.Audience
            $body = @{ grant_type = 'client_credentials'; client_assertion_type = $assertion.ClientAssertionType; client_assertion = ConvertFrom-SecureString $assertion.ClientAssertion -AsPlainText }
            (Invoke-RestMethod "$issuer/token" -Method Post -Body $body).token_type
            (Invoke-RestMethod "$issuer/token" -Method Post -Body $body -SkipHttpErrorCheck).error
            $late = New-OAuthClientAssertion -ClientId $client -ClientKey $pem -Audience "$issuer/elsewhere" -AsPlainText
            $body.client_assertion = $late
            (Invoke-RestMethod "$issuer/token" -Method Post -Body $body -SkipHttpErrorCheck).error
'@
        $seen | Should -Be $peer.issuer, 'Bearer', 'invalid_client', 'invalid_client'
    }

    It 'shows neither key nor password nor assertion, whatever is shown and whatever fails' {
        $seen = Invoke-Shell @'
            $ErrorActionPreference = 'Continue'
            $text = Get-Content -Raw $pem
            $password = ConvertTo-SecureString 'canary-password' -AsPlainText -Force
            $shown = & {
                Connect-OAuthProvider Peer -ClientId $client -ClientKey $text -Verbose -Debug
                Get-OAuthSession | Format-List * -Force
                Get-OAuthSession | ConvertTo-Json -Depth 4 -WarningAction Ignore
                $assertion = New-OAuthClientAssertion -ClientId $client -ClientKey $text -Provider Peer -Verbose -Debug
                $assertion; $assertion | Format-List * -Force; $assertion | ConvertTo-Json; "$assertion"
                Test-OAuthToken -Verbose; Test-OAuthToken | Format-List * -Force
                Connect-OAuthProvider Peer -ClientId $client -ClientKey ($text -replace 'END', 'ENDE') -ClientKeyPassword $password
                Connect-OAuthProvider Peer -ClientId $client -ClientKey $text -ClientKeyAlgorithm RS256
                Connect-OAuthProvider Peer -ClientId $client -ClientKey "{$text"
                New-OAuthClientAssertion -ClientId $client -ClientKey $text -Audience x -AdditionalClaim @{ iss = 'canary-claim' }
                $Error | Format-List * -Force
                foreach ($record in $Error) { $record.Exception | Format-List * -Force; Get-Error -InputObject $record }
            } *>&1 | Out-String -Width 4000
            $Error.Count
            ($text -split "`n")[1]
            $shown
'@
        $seen[0] | Should -BeGreaterOrEqual 4
        $seen[2] | Should -Match 'Sending POST'
        $shown = $seen[2] -replace '(?m)^.*(Line|ScriptLineNumber|PositionMessage|InvocationInfo|MyCommand).*$'
        $shown | Should -Not -Match ([regex]::Escape($seen[1].Substring(0, 20)))
        $shown | Should -Not -Match 'canary-password|canary-claim.*canary-claim|eyJ[\w-]{8,}\.eyJ[\w-]{8,}'
    }
}
