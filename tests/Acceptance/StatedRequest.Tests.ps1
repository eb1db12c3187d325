# What a server wants of requests, said in a provider file or at the prompt. The server keeps each request, and takes every client.

BeforeDiscovery { $missing = $IsWindows -or $IsMacOS ? 'Only on Linux can the configuration folder be moved.' : '' }

Describe 'Requests as a server wants them' -Skip:([bool] $missing) -Tag $missing {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
        $module = Get-ModulePath
        $folder = Join-Path ([System.IO.Path]::GetTempPath()) "oauthps-$([guid]::NewGuid())"
        $null = New-Item -ItemType Directory $folder
        $rsa = [System.Security.Cryptography.RSA]::Create(2048)
        @{
            type = 'service_account'; client_email = 'robot@acme.example'; private_key_id = 'key-1'
            private_key = $rsa.ExportPkcs8PrivateKeyPem(); token_uri = 'https://acme.example/token'
        } | ConvertTo-Json | Set-Content (Join-Path $folder account.json)

        $port = & { $probe = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0); $probe.Start(); $probe.LocalEndpoint.Port; $probe.Stop() }
        $server = [System.Net.HttpListener]::new()
        $server.Prefixes.Add("http://127.0.0.1:$port/")
        $server.Start()
        $seen = [System.Collections.Concurrent.ConcurrentQueue[object]]::new()
        $job = Start-ThreadJob {
            param($server, $seen)
            do {
                $context = $server.GetContext()
                $request = $context.Request
                $body = [System.IO.StreamReader]::new($request.InputStream).ReadToEnd()
                $seen.Enqueue([pscustomobject]@{ Line = "$($request.HttpMethod) $($request.RawUrl)"; Body = $body; Type = $request.ContentType; Agent = $request.UserAgent; Version = $request.Headers['acme-version']; Authorization = $request.Headers['Authorization'] })
                $context.Response.ContentType = 'application/json'
                $answer = $request.RawUrl -like '/body-only*' -and $request.Headers['Authorization'] ? '{"error":"invalid_client"}' : '{"access_token":"at","token_type":"Bearer","expires_in":3600}'
                $context.Response.StatusCode = $answer -like '*error*' ? 401 : 200
                $context.Response.OutputStream.Write([System.Text.Encoding]::UTF8.GetBytes($answer))
                $context.Response.Close()
            } until ($request.RawUrl -eq '/end')
        } -ArgumentList $server, $seen

        # Runs a script in a PowerShell process of its own, and gives back the requests it sent; what it says is in $said.
        function Send-From([string] $Script) {
            $whole = "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; Import-Module '$module'; `$base = 'http://127.0.0.1:$port'; " +
            "`$client = [pscredential]::new('me', (ConvertTo-SecureString 'canary-secret' -AsPlainText -Force)); Set-Location '$folder'; & { $Script } *>&1 | Out-String -Width 500"
            $before = $env:XDG_CONFIG_HOME
            $env:XDG_CONFIG_HOME = $folder
            try { $script:said = Invoke-PowerShell -NoProfile -NonInteractive -EncodedCommand ([Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($whole))) 2>&1 | Out-String }
            finally { $env:XDG_CONFIG_HOME = $before }
            $one = $null
            while ($seen.TryDequeue([ref] $one)) { $one }
        }

        # The rest of a provider file.
        function Get-Provider([string] $Members) {
            "Set-Content acme.json '{ `"name`": `"Acme`", `"serviceUrl`": `"http://127.0.0.1:$port`", `"tokenEndpoint`": `"/token`", `"clientAuthentications`": [`"Basic`", `"PrivateKeyJwt`"], $Members }'; `$null = Register-OAuthProvider -Path acme.json -Force;"
        }
    }

    AfterAll {
        $null = Invoke-RestMethod "http://127.0.0.1:$port/end"
        $job | Wait-Job | Remove-Job
        $server.Stop()
        $rsa.Dispose()
        Remove-Item -Recurse -Force $folder
    }

    It 'have the grant type, the parameters, the headers and the JSON that a provider file states' {
        $sent = Send-From ((Get-Provider '"flows": ["ClientCredentials"], "tokenParameters": "Json", "tokenHeaders": [{ "name": "acme-version", "value": "7" }], "grants": [{ "flow": "ClientCredentials", "grantType": "account_credentials", "needs": [{ "name": "account_id", "meaning": "the id of the account" }] }]') +
            'Connect-OAuthProvider Acme -ClientCredential $client -AdditionalParameter @{ account_id = "A1" }')
        $sent.Line, $sent.Type, $sent.Version | Should -Be 'POST /token', 'application/json', '7'
        $sent.Body | Should -Be '{"grant_type":"account_credentials","account_id":"A1"}'
    }

    It 'say which parameter is missing, and what it is' {
        $sent = Send-From ((Get-Provider '"flows": ["ClientCredentials"], "grants": [{ "flow": "ClientCredentials", "needs": [{ "name": "account_id", "meaning": "the id of the account" }] }]') +
            'try { Connect-OAuthProvider Acme -ClientCredential $client } catch { $_.FullyQualifiedErrorId; $_.Exception.Message }; (Get-OAuthProvider Acme | Format-List | Out-String -Width 400)')
        $sent | Should -BeNullOrEmpty
        $said | Should -BeLike '*MissingParameter*Acme needs the parameter account_id (the id of the account) for the flow ClientCredentials. Give it with -AdditionalParameter.*'
    }

    It 'are for the audience that is given, and by a user agent of one''s own, at the API too' {
        $sent = Send-From ((Get-Provider '"flows": ["ClientCredentials"], "apiAuthorizationScheme": "Acme-token"') +
            '$null = Connect-OAuthProvider Acme -ClientCredential $client -Audience https://api.acme.example/ -Header @{ "User-Agent" = "linux:org.example:v2 (by /u/example)" }; $null = Invoke-OAuthRestMethod /things')
        $sent[0].Body | Should -Be 'grant_type=client_credentials&audience=https%3A%2F%2Fapi.acme.example%2F'
        $sent.Agent | Should -Be 'linux:org.example:v2 (by /u/example)', 'linux:org.example:v2 (by /u/example)'
        $sent[1].Authorization | Should -Be 'Acme-token at'
    }

    It 'are signed with the file of a service account, in its name' {
        $sent = Send-From ((Get-Provider '"flows": ["JwtBearer"]') +
            '$null = Connect-OAuthProvider Acme -ClientKey account.json -Flow JwtBearer -Scope https://acme.example/auth/drive')
        $claims = [System.Web.HttpUtility]::ParseQueryString($sent.Body)['assertion'].Split('.')[1].Replace('-', '+').Replace('_', '/')
        $claims = [System.Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($claims.PadRight([Math]::Ceiling($claims.Length / 4) * 4, '='))) | ConvertFrom-Json
        $claims.iss, $claims.scope | Should -Be 'robot@acme.example', 'https://acme.example/auth/drive'
        $claims.PSObject.Properties.Name | Should -Not -Contain 'sub'
    }

    It 'need -ClientId beside a key that comes without one' {
        $null = Send-From ((Get-Provider '"flows": ["ClientCredentials"]') +
            'try { Connect-OAuthProvider Acme -ClientKey ([System.Security.Cryptography.RSA]::Create(2048)) } catch { $_.FullyQualifiedErrorId; $_.Exception.Message }')
        $said | Should -BeLike '*MissingParameter*-ClientKey requires -ClientId.*'
    }

    It 'find out once how a client is taken where nobody said it, and tell of it with -Verbose' {
        $sent = Send-From '$null = Register-OAuthProvider Odd -TokenEndpoint $base/body-only/token -Force; $null = Connect-OAuthProvider Odd -ClientCredential $client -Verbose; $null = Update-OAuthToken'
        $sent.Body | Should -Be 'grant_type=client_credentials', 'grant_type=client_credentials&client_id=me&client_secret=canary-secret', 'grant_type=client_credentials&client_id=me&client_secret=canary-secret'
        $said | Should -BeLike '*trying id and secret in the body once.*takes the client by id and secret in the body*'
        $said | Should -Not -BeLike '*canary-secret*'
    }

    It 'keep to the way that is stated' {
        $sent = Send-From '$null = Register-OAuthProvider Odd -TokenEndpoint $base/body-only/token -ClientAuthentication Basic, Post -Force; try { Connect-OAuthProvider Odd -ClientCredential $client } catch { $_.FullyQualifiedErrorId }'
        @($sent).Count | Should -Be 1
        $said | Should -BeLike 'InvalidClient,*'
    }
}
