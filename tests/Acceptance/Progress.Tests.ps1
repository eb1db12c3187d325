BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $module = Get-ModulePath
    $account = Get-Account

    # The streams of a script that is run as at a prompt, where progress is shown.
    function Invoke-Prompt([string] $Script) {
        $prompt = [powershell]::Create()
        $null = $prompt.AddScript("param(`$module, `$emulator, `$account) Import-Module `$module; $Script").AddArgument($module).AddArgument($emulator).AddArgument($account)
        $null = $prompt.Invoke()
        $prompt.Streams
    }

    $connect = 'Connect-OAuthProvider Blynk -ServiceUrl $emulator.Blynk -ClientCredential $account.BlynkClient'
}

AfterAll { Stop-Emulator }

Describe 'What takes long' {
    BeforeEach { Reset-Emulator }

    It 'shows a renewal that is tried again, and takes it away' {
        Add-Fault @{ path = '/blynk/oauth2/token'; status = 503; skip = 1 }
        $streams = Invoke-Prompt "`$null = $connect; `$null = Connect-OAuthProvider Blynk -Name again -ServiceUrl `$emulator.Blynk -ClientCredential `$account.BlynkClient"
        $streams.Error | Should -BeNullOrEmpty
        $waits = @($streams.Progress | Where-Object ActivityId -EQ 9110)
        $waits.Activity | Should -Be 'The token request was answered 503', 'Waiting'
        $waits[0].SecondsRemaining | Should -Be 1
        $waits[1].RecordType | Should -Be 'Completed'
    }

    It 'shows an API that asks for patience' {
        Add-Fault @{ path = '/blynk/api'; status = 429; headers = @{ 'Retry-After' = '0' } }
        $streams = Invoke-Prompt "`$null = $connect; Invoke-OAuthRestMethod /api/v1/organization/profile"
        @($streams.Progress | Where-Object ActivityId -EQ 9110).Activity | Should -Be 'The API answered 429', 'Waiting'
    }

    It 'shows that App Credentials are being listed, and takes it away, also where it fails' -ForEach @(
        @{ Password = $null; Failures = 0 }
        @{ Password = 'wrong-password'; Failures = 1 }
    ) {
        $streams = Invoke-Prompt @"
`$me = `$account.SpatiaFiUser
if ('$Password') { `$me = [pscredential]::new(`$me.UserName, (ConvertTo-SecureString '$Password' -AsPlainText -Force)) }
try { Get-SpatiaFiAppCredential -Credential `$me -ServiceUrl `$emulator.SpatiaFi } catch { Write-Error 'refused' }
"@
        $streams.Error.Count | Should -Be $Failures
        $progress = @($streams.Progress | Where-Object Activity -EQ 'Listing App Credentials')
        $progress.RecordType | Should -Be 'Processing', 'Completed'
    }

    It 'shows which App Credentials are being deleted' {
        $streams = Invoke-Prompt @'
$me = @{ Credential = $account.SpatiaFiUser; ServiceUrl = $emulator.SpatiaFi }
1..3 | ForEach-Object { New-SpatiaFiAppCredential @me } | Remove-SpatiaFiAppCredential @me
'@
        $streams.Error | Should -BeNullOrEmpty
        $progress = @($streams.Progress | Where-Object Activity -EQ 'Deleting App Credentials')
        $progress.CurrentOperation | Should -Be '0 done', '1 done', '2 done', $null
        $progress[-1].RecordType | Should -Be 'Completed'
    }

    It 'shows nothing of it in a log: plain lines only' {
        Add-Fault @{ path = '/blynk/oauth2/token'; status = 503 }
        $script = "`$PSStyle.OutputRendering = 'PlainText'; Import-Module '$(Join-Path $PSScriptRoot Emulator.psm1)'; Import-Module '$module'; & (Get-Module Emulator) { `$script:Emulator = @{ Blynk = '$($emulator.Blynk)' } }; (Connect-Blynk @{ Verbose = `$true }).Name"
        $output = Invoke-PowerShell -NoProfile -NonInteractive -Command $script 2>&1 | ForEach-Object { "$_" }
        $output | Where-Object { $_ -match 'trying again in' } | Should -HaveCount 1
        $output[-1] | Should -Be 'Blynk'
        $output | Where-Object { $_ -match "[`e`r`b]|Ctrl\+C" } | Should -BeNullOrEmpty
    }
}
