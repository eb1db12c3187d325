BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Join-Path $PSScriptRoot PowerShell.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
    $client = $account.BlynkClient
    $folder = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "OAuthPS-$([guid]::NewGuid())")).FullName
    $person = [pscredential]::new('ada', (ConvertTo-SecureString 'pr0xy-secret' -AsPlainText -Force))
    $wrong = [pscredential]::new('ada', (ConvertTo-SecureString 'an0ther-secret' -AsPlainText -Force))

    # A company's own authority, and the certificate of a server.
    $rootKey = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve+NamedCurves]::nistP256)
    $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=Acme Root', $rootKey, 'SHA256')
    $request.CertificateExtensions.Add([System.Security.Cryptography.X509Certificates.X509BasicConstraintsExtension]::new($true, $false, 0, $true))
    $root = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(2))
    $rootFile = Join-Path $folder company-root.pem
    Set-Content $rootFile $root.ExportCertificatePem()
    $serverKey = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve+NamedCurves]::nistP256)
    $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=api.example.com', $serverKey, 'SHA256')
    $names = [System.Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder]::new()
    $names.AddDnsName('api.example.com')
    $request.CertificateExtensions.Add($names.Build())
    $issued = $request.Create($root, [DateTimeOffset]::UtcNow.AddHours(-1), [DateTimeOffset]::UtcNow.AddDays(1), [byte[]] (1..8))
    $certificate = [System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::CopyWithPrivateKey($issued, $serverKey)

    # A proxy that wants a password, and behind which every host is that server: whatever is asked, nothing leaves this machine.
    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $proxy = "http://127.0.0.1:$($listener.LocalEndpoint.Port)"
    $asked = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()
    $server = [powershell]::Create().AddScript({
            param($listener, $asked, $certificate)
            function Read-Head($Stream) {
                $text = [System.Text.StringBuilder]::new()
                while (-not $text.ToString().EndsWith("`r`n`r`n") -and ($byte = $Stream.ReadByte()) -ge 0) { $null = $text.Append([char] $byte) }
                $text.ToString()
            }

            function Write-Text($Stream, [string] $Text) { $bytes = [System.Text.Encoding]::ASCII.GetBytes($Text); $Stream.Write($bytes, 0, $bytes.Length) }

            while ($true) {
                $connection = $listener.AcceptTcpClient()
                try {
                    $stream = $connection.GetStream()
                    $head = Read-Head $stream
                    if ($head -notmatch 'Proxy-Authorization: Basic YWRhOnByMHh5LXNlY3JldA==') {
                        Write-Text $stream "HTTP/1.1 407 Proxy Authentication Required`r`nProxy-Authenticate: Basic realm=acme`r`nContent-Length: 0`r`nConnection: close`r`n`r`n"
                        continue
                    }

                    Write-Text $stream "HTTP/1.1 200 OK`r`n`r`n"
                    $tls = [System.Net.Security.SslStream]::new($stream)
                    $tls.AuthenticateAsServer($certificate)
                    if (-not ($within = Read-Head $tls)) { throw 'The client does not trust the server.' }
                    $asked.Enqueue("$($head.Split("`r")[0]), $($within.Split("`r")[0])")
                    $body = '{"access_token":"t0ken","token_type":"Bearer","expires_in":3600,"refresh_token":"r"}'
                    Write-Text $tls "HTTP/1.1 200 OK`r`nContent-Type: application/json`r`nContent-Length: $($body.Length)`r`nConnection: close`r`n`r`n$body"
                    $tls.ShutdownAsync().Wait()
                    $tls.Dispose()
                }
                catch { $asked.Enqueue("refused: $($head.Split("`r")[0])") }
                finally { $connection.Dispose() }
            }
        }).AddArgument($listener).AddArgument($asked).AddArgument($certificate)
    $null = $server.BeginInvoke()

    $there = @{ Provider = 'Blynk'; ServiceUrl = 'https://api.example.com'; ClientCredential = $client }
    $way = @{ Proxy = $proxy; ProxyCredential = $person; CertificateAuthority = $rootFile }
    function Get-Failure([scriptblock] $Script) { try { $null = & $Script } catch { $_ } }
}

AfterAll {
    $listener.Stop()
    $server.Dispose()
    Stop-Emulator
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
}

Describe 'A proxy and a certificate authority that are given' {
    BeforeEach { $asked.Clear() }

    It 'are for the token request, a renewal and an API call of the session, and show no password' {
        $all = & {
            Connect-OAuthProvider @there @way -Name behind -Verbose
            Update-OAuthToken behind -Verbose
            Invoke-OAuthRestMethod /v1/things -Session behind -Verbose
            Get-OAuthSession behind | Format-List * | Out-String
        } *>&1 | Out-String
        @($asked -replace '\?.*? HTTP', ' HTTP') | Should -Be @(
            'CONNECT api.example.com:443 HTTP/1.1, POST /oauth2/token HTTP/1.1'
            'CONNECT api.example.com:443 HTTP/1.1, POST /oauth2/token HTTP/1.1'
            'CONNECT api.example.com:443 HTTP/1.1, GET /v1/things HTTP/1.1')
        $all | Should -Not -Match 'pr0xy-secret'
    }

    It 'are taken as <_>' -ForEach 'a certificate', 'several', 'the text of a PEM', 'a file' {
        $authority = switch ($_) {
            'a certificate' { $root }
            'several' { $certificate, $rootFile }
            'the text of a PEM' { Get-Content -Raw $rootFile }
            'a file' { Get-Item $rootFile }
        }
        $null = Connect-OAuthProvider @there -Name behind -Proxy ($proxy -replace 'http://') -ProxyCredential $person -CertificateAuthority $authority
        $asked.Count | Should -Be 1
    }

    It 'without the authority the server is not trusted, and the error says what to give' {
        $failure = Get-Failure { Connect-OAuthProvider @there -Proxy $proxy -ProxyCredential $person }
        $failure.FullyQualifiedErrorId | Should -BeLike 'TlsFailure,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-CertificateAuthority*'
        $asked | Should -BeLike 'refused*'
    }

    It 'with a wrong password the error says what to give, and not what was' {
        $failure = Get-Failure { Connect-OAuthProvider @there -Proxy $proxy -ProxyCredential $wrong }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ProxyAuthenticationRequired,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-ProxyCredential*'
        "$($failure.Exception)" | Should -Not -Match 'an0ther-secret'
        $asked | Should -BeNullOrEmpty
    }

    It 'on a call they are for that call' {
        Reset-Emulator
        $null = Connect-OAuthProvider Blynk -Name plain -ServiceUrl $emulator.Blynk -ClientCredential $client -ApiUrl https://api.example.com
        $null = Invoke-OAuthRestMethod https://api.example.com/v1/other -Session plain @way
        $asked | Should -Be 'CONNECT api.example.com:443 HTTP/1.1, GET /v1/other HTTP/1.1'
        (Invoke-OAuthRestMethod /api/v1/organization/profile -Session plain).name | Should -Be 'Demo Organization'
        Disconnect-OAuthProvider plain
    }

    It 'the proxy is not asked for this machine' {
        Reset-Emulator
        $null = Connect-OAuthProvider Blynk -Name local -ServiceUrl ($emulator.Blynk -replace '127\.0\.0\.1', 'LOCALHOST') -ClientCredential $client @way
        (Invoke-OAuthRestMethod /api/v1/organization/profile -Session local -Proxy $proxy).name | Should -Be 'Demo Organization'
        $asked | Should -BeNullOrEmpty
    }

    It 'are used by <Name> too' -ForEach @(
        @{ Name = 'Get-OAuthServerMetadata'; Script = { Get-OAuthServerMetadata https://api.example.com @way -ErrorAction Stop } }
        @{ Name = 'Register-OAuthProvider'; Script = { Register-OAuthProvider Acme -Issuer https://api.example.com @way -WhatIf } }
        @{ Name = 'Test-OAuthToken'; Script = { Test-OAuthToken (ConvertTo-SecureString 'eyJhbGciOiJSUzI1NiJ9.e30.eA' -AsPlainText -Force) -Issuer https://api.example.com @way -ErrorAction Stop } }
        @{ Name = 'ConvertFrom-OAuthJwt'; Script = { ConvertFrom-OAuthJwt (ConvertTo-SecureString 'eyJhbGciOiJSUzI1NiJ9.e30.eA' -AsPlainText -Force) -Issuer https://api.example.com @way -ErrorAction Stop } }
        @{ Name = 'Get-SpatiaFiAppCredential'; Script = { Get-SpatiaFiAppCredential -Credential $client -ServiceUrl https://api.example.com @way } }
    ) {
        # What the server says there is none of the kind: that it was asked is enough.
        $null = Get-Failure $Script
        @($asked)[0] | Should -BeLike 'CONNECT api.example.com:443 HTTP/1.1, *'
    }
}

Describe 'What is given for the way to a server, and no way' {
    It '<Name> is refused before anything is sent' -ForEach @(
        @{ Name = 'a proxy and none'; Script = { Connect-OAuthProvider @there -Proxy $proxy -NoProxy }; Id = 'InvalidProxy' }
        @{ Name = 'a credential without a proxy'; Script = { Connect-OAuthProvider @there -ProxyCredential $person }; Id = 'InvalidProxy' }
        @{ Name = 'two credentials'; Script = { Invoke-OAuthRestMethod /x -Session plain -Proxy $proxy -ProxyCredential $person -ProxyUseDefaultCredentials }; Id = 'InvalidProxy' }
        @{ Name = 'a password in the address'; Script = { Connect-OAuthProvider @there -Proxy http://ada:pr0xy-secret@proxy.example.com }; Id = 'InvalidProxy' }
        @{ Name = 'a .pac file'; Script = { Connect-OAuthProvider @there -Proxy http://wpad/proxy.pac }; Id = 'InvalidProxy' }
        @{ Name = 'no file'; Script = { Connect-OAuthProvider @there -CertificateAuthority ./nowhere.pem }; Id = 'InvalidCertificateAuthority' }
        @{ Name = 'a file that is no certificate'; Script = { Invoke-OAuthRestMethod /x -Session plain -CertificateAuthority $PSCommandPath }; Id = 'InvalidCertificateAuthority' }
        @{ Name = 'a proxy for a token test in a session'; Script = { Test-OAuthToken -Proxy $proxy -ErrorAction Stop }; Id = 'MissingParameter' }
        @{ Name = 'a proxy for a provider file'; Script = { Register-OAuthProvider -Path ./acme.json -NoProxy }; Id = 'MissingParameter' }
        @{ Name = 'an authority for a SpatiaFi session'; Script = { Get-SpatiaFiAppCredential -CertificateAuthority $rootFile }; Id = 'MissingParameter' }
        @{ Name = 'what is no authority'; Script = { Connect-OAuthProvider @there -CertificateAuthority 42 }; Id = 'ParameterArgumentTransformationError' }
        @{ Name = 'a switch that turns checks off'; Script = { Invoke-OAuthRestMethod /x -SkipCertificateCheck }; Id = 'NamedParameterNotFound' }
    ) {
        Reset-Emulator
        $null = Connect-OAuthProvider Blynk -Name plain -ServiceUrl $emulator.Blynk -ClientCredential $client -ApiUrl https://api.example.com
        $failure = Get-Failure $Script
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$($failure.Exception)" | Should -Not -Match 'pr0xy-secret'
    }
}
