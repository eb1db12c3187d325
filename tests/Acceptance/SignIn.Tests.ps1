BeforeDiscovery { $missing = $IsWindows ? 'Windows has no BROWSER variable.' : '' }

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
    $module = Get-ModulePath
    $before = $env:BROWSER

    # Starts a command in a runspace of its own, as somebody at another prompt would, and gives it once it has shown an address.
    function Start-SignIn([string] $Script) {
        $env:BROWSER = 'no-such-browser-anywhere'
        $prompt = [powershell]::Create()
        $null = $prompt.AddScript('param($module, $emulator, $account) Import-Module $module; $VerbosePreference = $DebugPreference = "Continue"; ' + $Script).AddArgument($module).AddArgument($emulator).AddArgument($account)
        $running = $prompt.BeginInvoke()
        $shown = [System.Threading.SpinWait]::SpinUntil([Func[bool]] { "$($prompt.Streams.Information)" -match 'http\S+' -or $running.IsCompleted }, 30000)
        if (-not $shown -or $running.IsCompleted) { throw "No address was shown. $($prompt.Streams.Error)" }
        $url = [uri] ([regex]::Match("$($prompt.Streams.Information)", 'http\S+authorize\S+|http\S+auth\?\S+').Value)
        $redirect = [uri] ([uri]::UnescapeDataString([regex]::Match($url.Query, 'redirect_uri=([^&]+)').Groups[1].Value))
        [pscustomobject]@{ PowerShell = $prompt; Running = $running; Url = $url; Redirect = $redirect }
    }

    function Stop-SignIn($SignIn) {
        $SignIn.PowerShell.Stop()
        Save-Stream $SignIn.PowerShell
        $SignIn.PowerShell.Dispose()
    }

    function Test-Port([int] $Port) {
        $client = [System.Net.Sockets.TcpClient]::new()
        try { $client.Connect([ipaddress]::Loopback, $Port); $true } catch { $false } finally { $client.Dispose() }
    }
}

AfterAll {
    $env:BROWSER = $before
    Stop-Emulator
}

Describe 'Signing in' -Skip:([bool] $missing) -Tag $missing {
    BeforeEach {
        Reset-Emulator
        $program = $emulator.Process.StartInfo.ArgumentList[0]
        $env:BROWSER = "`"$($emulator.Process.StartInfo.FileName)`" `"$program`" browse %s"
    }

    It 'with a browser opens a session at JetBrains Space that can renew itself' {
        $session = Connect-Space @{ Flow = 'AuthorizationCode'; Scope = '**' }
        $session.Flow | Should -Be 'AuthorizationCode'
        $session.CanRefresh | Should -BeTrue
        (Update-OAuthToken).ExpiresAt | Should -BeGreaterThan ([datetimeoffset]::UtcNow)
        $sent = (Get-Journal */oauth/auth)[0] | ConvertTo-Json -Depth 6
        $sent | Should -Match 'code_challenge_method'
        $sent | Should -Match 'access_type'
    }

    It 'with a browser opens a session at Spacebring' {
        $session = Connect-Spacebring @{ Flow = 'AuthorizationCode'; Scope = 'resources', 'locations' }
        $session.Flow | Should -Be 'AuthorizationCode'
        $session.CanRefresh | Should -BeTrue
        Get-OAuthToken -AsPlainText | Should -Not -BeNullOrEmpty
    }

    It 'by the implicit flow hands over the fragment, and warns' {
        $signIn = Start-SignIn 'Connect-OAuthProvider JetBrainsSpace -ServiceUrl $emulator.Space -ClientCredential $account.SpaceClient -Flow Implicit -Scope "**"'
        try {
            $quiet = @{ Verbose = $false; Debug = $false }
            $page = Invoke-WebRequest $signIn.Url @quiet
            $form = @{ username = $account.SpaceUser.UserName; password = $account.SpaceUser.GetNetworkCredential().Password; decision = 'allow' }
            foreach ($field in [regex]::Matches($page.Content, '<input type="hidden" name="([^"]*)" value="([^"]*)">')) {
                $form[$field.Groups[1].Value] = [System.Net.WebUtility]::HtmlDecode($field.Groups[2].Value)
            }

            $action = [System.Net.WebUtility]::HtmlDecode([regex]::Match($page.Content, '<form method="post" action="([^"]*)"').Groups[1].Value)
            $answer = Invoke-WebRequest ([uri]::new($signIn.Url, $action)) -Method Post -Body $form -MaximumRedirection 0 -SkipHttpErrorCheck -ErrorAction Ignore @quiet
            $landing, $fragment = "$($answer.Headers.Location)" -split '#', 2
            (Invoke-WebRequest $landing @quiet).Content | Should -Match 'location\.hash'
            $origin = $signIn.Redirect.GetLeftPart([System.UriPartial]::Authority)
            $last = Invoke-WebRequest $landing -Method Post -Body $fragment -Headers @{ Origin = $origin } @quiet
            $last.Content | Should -Match 'Back to PowerShell'
            $last.Content | Should -Not -Match 'access_token'
            $session = $signIn.PowerShell.EndInvoke($signIn.Running)
            $session.Flow | Should -Be 'Implicit'
            $session.CanRefresh | Should -BeFalse
            "$($signIn.PowerShell.Streams.Warning)" | Should -Match 'RFC 9700'
            Test-Port $signIn.Redirect.Port | Should -BeFalse
        }
        finally { Stop-SignIn $signIn }
    }

    It 'ends within a second on Ctrl+C and frees the port' {
        $signIn = Start-SignIn 'Connect-OAuthProvider JetBrainsSpace -ServiceUrl $emulator.Space -ClientCredential $account.SpaceClient -Flow AuthorizationCode'
        try {
            Test-Port $signIn.Redirect.Port | Should -BeTrue
            (Measure-Command { $signIn.PowerShell.Stop() }).TotalSeconds | Should -BeLessThan 1
            $signIn.PowerShell.InvocationStateInfo.State | Should -Be 'Stopped'
            Test-Port $signIn.Redirect.Port | Should -BeFalse
        }
        finally { Stop-SignIn $signIn }
    }

    It 'shows the time left while it waits' {
        $signIn = Start-SignIn 'Connect-OAuthProvider JetBrainsSpace -ServiceUrl $emulator.Space -ClientCredential $account.SpaceClient -Flow AuthorizationCode -Timeout 60'
        try {
            $progress = $signIn.PowerShell.Streams.Progress
            [System.Threading.SpinWait]::SpinUntil([Func[bool]] { $progress.Count -gt 0 }, 10000) | Should -BeTrue
            $progress[0].Activity | Should -Be 'Waiting for you to sign in to JetBrains Space'
            $progress[0].SecondsRemaining | Should -BeIn 58, 59, 60
        }
        finally { Stop-SignIn $signIn }
    }

    It 'ends with -Timeout when nobody answers' {
        $env:BROWSER = 'true'
        $failure = Get-Failure { Connect-Space @{ Flow = 'AuthorizationCode'; Timeout = 1 } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'SignInTimeout,*'
        $failure.CategoryInfo.Category | Should -Be 'OperationTimeout'
    }

    It 'without a browser needs somebody to ask, which -NonInteractive has not' {
        $script = "Import-Module '$module'; try { Connect-OAuthProvider JetBrainsSpace -ServiceUrl $($emulator.Space) -ClientId x -Flow AuthorizationCode -NoBrowser } catch { `"id=`$(`$_.FullyQualifiedErrorId)`" }"
        $output = Invoke-PowerShell -NoProfile -NonInteractive -Command $script 6>&1 | Out-String
        $output | Should -Match 'id=SignInNeeded,'
        $output | Should -Match 'http\S+/oauth/auth\?response_type=code&'
    }
}
