# Registered providers are kept in the user's configuration folder: every test here runs PowerShell processes of its own, whose
# folder is a temporary one.

BeforeDiscovery { $missing = $IsWindows -or $IsMacOS ? 'Only on Linux can the configuration folder be moved.' : '' }

Describe 'Registered providers' -Skip:([bool] $missing) -Tag $missing {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
        $module = Get-ModulePath

        # Runs a script in a PowerShell process of its own and gives back what it puts out, as objects.
        function Invoke-Shell([string] $Script) {
            $whole = "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; Import-Module '$module'; '<<<' + (ConvertTo-Json -Depth 6 -EnumsAsStrings @(& { $Script }))"
            $before = $env:XDG_CONFIG_HOME
            $env:XDG_CONFIG_HOME = $folder
            try { $output = Invoke-PowerShell -NoProfile -NonInteractive -EncodedCommand ([Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($whole))) 2>&1 }
            finally { $env:XDG_CONFIG_HOME = $before }
            if ($LASTEXITCODE -ne 0) { throw "$output" }
            # Before the mark is what the host was told, such as what -WhatIf says.
            ($output | Out-String).Split('<<<')[-1] | ConvertFrom-Json
        }

        # The id of the error a command ends with.
        $idOf = 'function IdOf([scriptblock] $Command) { try { $null = & $Command; "none" } catch { $_.FullyQualifiedErrorId } };'
    }

    BeforeEach {
        $folder = Join-Path ([System.IO.Path]::GetTempPath()) "oauthps-$([guid]::NewGuid())"
        $providers = Join-Path $folder OAuthPS providers
        $null = New-Item -ItemType Directory $folder
    }

    AfterEach { Remove-Item -Recurse -Force $folder }

    It 'are there in the next PowerShell, and gone when unregistered' {
        $made = Invoke-Shell 'Register-OAuthProvider Acme -TokenEndpoint https://acme.example/token -AuthorizationEndpoint https://acme.example/authorize -DeviceAuthorizationEndpoint https://acme.example/device -IntrospectionEndpoint https://acme.example/introspect'
        $made.Name | Should -Be 'Acme'
        $made.IntrospectionEndpoint | Should -Be https://acme.example/introspect
        $made.ClientAuthentications | Should -Be 'PrivateKeyJwt', 'Basic', 'Post', 'None'
        $made.Flows.Name | Should -Be 'ClientCredentials', 'AuthorizationCode', 'DeviceCode', 'RefreshToken', 'Password'

        $seen = Invoke-Shell '(Get-OAuthProvider).Name; (TabExpansion2 "Connect-OAuthProvider Ac" 24).CompletionMatches.CompletionText; (TabExpansion2 "Unregister-OAuthProvider " 25).CompletionMatches.CompletionText'
        $seen | Should -Be 'Blynk', 'JetBrainsSpace', 'Spacebring', 'SpatiaFi', 'Acme', 'Acme', 'Acme'
        (Get-ChildItem -Recurse -File $folder).FullName | Should -Be (Join-Path $providers Acme.json)

        $left = Invoke-Shell 'Get-OAuthProvider Acme | Unregister-OAuthProvider; (Get-OAuthProvider).Name'
        $left | Should -Be 'Blynk', 'JetBrainsSpace', 'Spacebring', 'SpatiaFi'
        Get-ChildItem $providers | Should -BeNullOrEmpty
    }

    It 'come from a file, under its name or another' {
        $file = Join-Path $folder given.json
        Set-Content $file '{ "name": "Acme", "serviceUrl": "https://acme.example", "tokenEndpoint": "/token", "flows": ["ClientCredentials"], "clientAuthentications": ["Post"] }'
        $made = Invoke-Shell "Register-OAuthProvider -Path '$file'; Register-OAuthProvider Other -Path '$file'; Get-Item '$file' | Register-OAuthProvider -Force"
        $made.Name | Should -Be 'Acme', 'Other', 'Acme'
        $made[0].SupportsPkce | Should -BeTrue
    }

    It 'come from an issuer, which is asked at once' {
        $port = & { $probe = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0); $probe.Start(); $probe.LocalEndpoint.Port; $probe.Stop() }
        $issuer = "http://127.0.0.1:$port"
        $server = [System.Net.HttpListener]::new()
        $server.Prefixes.Add("$issuer/")
        $server.Start()
        $job = Start-ThreadJob {
            param($server, $issuer)
            do {
                $context = $server.GetContext()
                $body = [System.Text.Encoding]::UTF8.GetBytes((ConvertTo-Json @{
                            issuer = $issuer; token_endpoint = "$issuer/token"; authorization_endpoint = "$issuer/authorize"
                            grant_types_supported = 'client_credentials', 'authorization_code'; token_endpoint_auth_methods_supported = , 'client_secret_post'
                        }))
                $context.Response.ContentType = 'application/json'
                $context.Response.OutputStream.Write($body)
                $context.Response.Close()
            } until ($context.Request.Url.AbsolutePath -eq '/end')
        } -ArgumentList $server, $issuer
        try {
            $seen = Invoke-Shell "$idOf IdOf { Register-OAuthProvider Wrong -Issuer $issuer/ }; Register-OAuthProvider Right -Issuer $issuer; Get-OAuthServerMetadata $issuer; (Get-OAuthProvider R*).Name"
        }
        finally {
            # A job that waits for a request is not always woken by the listener's end; a last request ends it.
            $null = Invoke-WebRequest "$issuer/end"
            $job | Wait-Job | Remove-Job
            $server.Close()
        }

        $seen[0] | Should -BeLike 'IssuerMismatch,*'
        $seen[1].Flows.Name | Should -Be 'ClientCredentials', 'AuthorizationCode'
        $seen[1].ClientAuthentications | Should -Be 'Post', 'None'
        $seen[2].TokenEndpoint | Should -Be "$issuer/token"
        $seen[3] | Should -Be 'Right'
        Get-Content -Raw (Join-Path $providers Right.json) | Should -Match ([regex]::Escape("`"issuer`": `"$issuer`""))
        Get-Content -Raw (Join-Path $providers Right.json) | Should -Match '"followsMetadata": true'
    }

    It 'refuse a wrong mix of parameters while binding, and what cannot be a provider' {
        $ids = Invoke-Shell ($idOf + @'
            IdOf { Register-OAuthProvider X -Issuer https://a.example -TokenEndpoint https://a.example/token }
            IdOf { Register-OAuthProvider X -Issuer https://a.example -Path x.json }
            IdOf { Register-OAuthProvider X -AuthorizationEndpoint https://a.example/a -Path x.json }
            IdOf { Register-OAuthProvider X -Path no-such-file.json }
            IdOf { Register-OAuthProvider ../X -TokenEndpoint https://a.example/token }
            IdOf { Register-OAuthProvider Blynk -TokenEndpoint https://a.example/token }
            IdOf { Register-OAuthProvider X -TokenEndpoint http://a.example/token }
            IdOf { Register-OAuthProvider X -TokenEndpoint https://a.example/token; Register-OAuthProvider x -TokenEndpoint https://a.example/token }
            IdOf { Unregister-OAuthProvider Nobody }
            IdOf { Unregister-OAuthProvider Blynk }
'@)
        $ids[0..2] | Should -BeLike 'AmbiguousParameterSet,*'
        $ids[3] | Should -BeLike 'ProviderFileAccess,*'
        $ids[4] | Should -BeLike 'InvalidProviderName,*'
        $ids[5] | Should -BeLike 'ProviderIsBuiltIn,*'
        $ids[6] | Should -BeLike 'ProviderDataInvalid,*'
        $ids[7] | Should -BeLike 'ProviderExists,*'
        $ids[8] | Should -BeLike 'UnknownProvider,*'
        $ids[9] | Should -BeLike 'ProviderIsBuiltIn,*'
    }

    It 'come from no device and no pipe: an error at once' -Skip:$IsWindows {
        $pipe = Join-Path $TestDrive pipe
        mkfifo $pipe
        $null = New-Item -ItemType SymbolicLink (Join-Path $TestDrive linked.json) -Target /dev/zero
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $ids = Invoke-Shell "$idOf IdOf { Register-OAuthProvider -Path /dev/zero }; IdOf { Register-OAuthProvider -Path '$pipe' }; IdOf { Register-OAuthProvider -Path '$TestDrive/linked.json' }; IdOf { Register-OAuthProvider -Path '$TestDrive' }"
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
        $ids[0..2] | Should -BeLike 'ProviderFileInvalid,*'
        $ids[3] | Should -BeLike 'ProviderFileAccess,*'
    }

    It 'change nothing with -WhatIf' {
        Invoke-Shell '$null = Register-OAuthProvider Acme -TokenEndpoint https://acme.example/token -WhatIf; "done"' | Should -Be 'done'
        Test-Path $providers | Should -BeFalse
    }

    It 'are named when their file is damaged, and take no other provider with them' {
        $null = New-Item -ItemType Directory $providers
        Set-Content (Join-Path $providers Broken.json) '{ "name": "Broken", "clientSecret": "hunter2" }'
        $seen = Invoke-Shell '(Get-OAuthProvider -ErrorAction SilentlyContinue -ErrorVariable failure).Name; $failure.Count; $failure[0].FullyQualifiedErrorId; "$($failure[0])"'
        $seen[0..3] | Should -Be 'Blynk', 'JetBrainsSpace', 'Spacebring', 'SpatiaFi'
        $seen[4] | Should -Be 1
        $seen[5] | Should -BeLike 'ProviderFileInvalid,*'
        $seen[6] | Should -BeLike "*$(Join-Path $providers Broken.json)*"
        $seen[6] | Should -Not -BeLike '*hunter2*'
    }
}
