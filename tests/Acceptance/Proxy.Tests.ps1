BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Join-Path $PSScriptRoot PowerShell.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'A proxy in the environment' {
    BeforeAll {
        # It answers nothing, and keeps the first line of every connection.
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $asked = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()
        $recorder = [powershell]::Create().AddScript({
                param($listener, $asked)
                while ($true) {
                    $client = $listener.AcceptTcpClient()
                    $asked.Enqueue([System.IO.StreamReader]::new($client.GetStream()).ReadLine())
                    $client.Dispose()
                }
            }).AddArgument($listener).AddArgument($asked)
        $null = $recorder.BeginInvoke()

        # The environment of a process is read once, so it has to be another one's.
        function Invoke-BehindProxy([string] $Script, [string] $Proxy = "127.0.0.1:$port") {
            $start = Get-PowerShellStart '-NoProfile', '-NonInteractive', '-Command', '-'
            foreach ($name in 'http_proxy', 'https_proxy', 'all_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY') { $start.Environment[$name] = "http://$Proxy" }
            foreach ($name in 'no_proxy', 'NO_PROXY') { $null = $start.Environment.Remove($name) }
            $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
            $process = [System.Diagnostics.Process]::Start($start)
            $said = $process.StandardOutput.ReadToEndAsync()
            $null = $process.StandardError.ReadToEndAsync()
            $process.StandardInput.WriteLine("& { Import-Module '$(Get-ModulePath)'; $Script }`n")
            $process.StandardInput.Close()
            $process.WaitForExit()
            $said.GetAwaiter().GetResult()
        }

        $client = "[pscredential]::new('$($account.BlynkClient.UserName)', (ConvertTo-SecureString '$($account.BlynkClient.GetNetworkCredential().Password)' -AsPlainText -Force))"
    }

    AfterAll {
        $listener.Stop()
        $recorder.Dispose()
    }

    BeforeEach {
        Reset-Emulator
        $asked.Clear()
    }

    It 'is not asked for this machine, spelled <_>: not by a token request, a renewal, an API call or a metadata request' -ForEach @(
        '127.0.0.1', 'localhost', '127.1', '0x7f.1', '2130706433', 'LOCALHOST', '[::ffff:127.0.0.1]'
    ) {
        $url = $emulator.Blynk -replace '127\.0\.0\.1', $_
        $said = Invoke-BehindProxy @"
            `$null = Connect-OAuthProvider Blynk -ServiceUrl '$url' -ClientCredential ($client)
            `$null = Update-OAuthToken
            "called: `$((Invoke-OAuthRestMethod /api/v1/organization/profile).name)"
            try { Get-OAuthServerMetadata '$($url -replace '/blynk$')' -ErrorAction Stop } catch { "metadata: `$(`$_.FullyQualifiedErrorId)" }
"@
        $said | Should -BeLike '*called: Demo Organization*'
        $said | Should -BeLike '*metadata: *'
        $asked | Should -BeNullOrEmpty
        (Get-JournalLine */oauth2/token).Count | Should -Be 2
    }

    It 'is not asked for this machine spelled <_>, where nobody listens either' -ForEach 'https://[::1]:1', 'https://localhost.:1', 'https://api.localhost:1', 'https://0.0.0.0:1' {
        $said = Invoke-BehindProxy "try { Connect-OAuthProvider Blynk -ServiceUrl '$_' -ClientCredential ($client) } catch { `$_.FullyQualifiedErrorId }"
        $said | Should -Match 'ServerUnreachable|HostUnknown'
        $asked | Should -BeNullOrEmpty
    }

    It 'is named where <Name>, and the server is told nothing' -ForEach @(
        @{ Name = 'it wants a password'; Answer = "HTTP/1.1 407 Proxy Authentication Required`r`nProxy-Authenticate: Basic realm=acme`r`nContent-Length: 0`r`n`r`n"; Id = 'ProxyAuthenticationRequired'; Advice = '*HTTPS_PROXY*user:password@*' }
        @{ Name = 'it refuses'; Answer = "HTTP/1.1 403 Forbidden`r`nContent-Length: 0`r`n`r`n"; Id = 'ProxyRefused'; Advice = '*administrator*' }
        @{ Name = 'it is not there'; Answer = ''; Id = 'ProxyUnreachable'; Advice = '*HTTPS_PROXY*' }
    ) {
        $other = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $other.Start()
        $at = $other.LocalEndpoint.Port
        $answering = if ($Answer) {
            [powershell]::Create().AddScript({
                    param($listener, $answer)
                    while ($true) {
                        $client = $listener.AcceptTcpClient()
                        $reader = [System.IO.StreamReader]::new($client.GetStream())
                        while ($reader.ReadLine()) { }
                        $bytes = [System.Text.Encoding]::ASCII.GetBytes($answer)
                        $client.GetStream().Write($bytes, 0, $bytes.Length)
                        $client.Dispose()
                    }
                }).AddArgument($other).AddArgument($Answer)
        }

        if ($answering) { $null = $answering.BeginInvoke() } else { $other.Stop() }
        try {
            $said = Invoke-BehindProxy "try { Connect-OAuthProvider Blynk -ServiceUrl https://blynk.example -ClientCredential ($client) } catch { `$_.FullyQualifiedErrorId; `"`$(`$_.Exception.InnerException)`"; `$_.ErrorDetails.RecommendedAction; `$_.ErrorDetails.Message }" "me:pr0xy-secret@127.0.0.1:$at"
        }
        finally {
            $other.Stop()
            if ($answering) { $answering.Dispose() }
        }

        $said | Should -BeLike "*$Id,*"
        $said | Should -BeLike "*The proxy 127.0.0.1:$at *nothing of the token request was sent*"
        $said | Should -BeLike $Advice
        $said | Should -Not -Match 'pr0xy-secret'
    }

    It 'is asked for any other host' {
        $null = Invoke-BehindProxy "try { Connect-OAuthProvider Blynk -ServiceUrl https://blynk.example -ClientCredential ($client) } catch { `$_.FullyQualifiedErrorId }"
        # Tried again, as a server that cannot be reached is.
        $asked | Sort-Object -Unique | Should -Be 'CONNECT blynk.example:443 HTTP/1.1'
    }
}
