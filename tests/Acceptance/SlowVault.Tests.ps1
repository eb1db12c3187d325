BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot Needs.psm1) -Force
    $vaults = @(Get-VaultKind)
}

foreach ($vault in $vaults) {
    Describe 'A vault that takes five seconds to answer: <Kind>' -ForEach $vault -Skip:([bool] $vault.Missing) -Tag $vault.Missing {
        BeforeAll {
            Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
            Import-Module (Join-Path $PSScriptRoot Vault.psm1) -Force
            $module = Get-ModulePath
            Import-Module $module
            $emulator = Start-Emulator
            $folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "OAuthPS-$([guid]::NewGuid())")).FullName
            $vault = (New-Item -ItemType Directory (Join-Path $folder vault)).FullName
            $seconds = Join-Path $vault seconds
            $register = "Register-SecretVault Slow -ModuleName '$(Join-Path $PSScriptRoot SlowVault)' -VaultParameters @{ Folder = '$vault' }"
            $client = "[pscredential]::new('oa2-client-id_demo', (ConvertTo-SecureString blynk-secret -AsPlainText -Force))"
            $one = Start-Shell -HomeFolder $folder -Module $module -ModuleFolder $ModuleFolder
            Invoke-Shell $one "$register; `$null = Connect-OAuthProvider Blynk -Name slow -ServiceUrl '$($emulator.Blynk)' -ClientCredential ($client) -Vault Slow -ErrorAction Stop"
            $two = Start-Shell -HomeFolder $folder -Module $module -ModuleFolder $ModuleFolder
            Invoke-Shell $two '$null = Restore-OAuthSession slow -Vault Slow'

            # A command in a runspace of its own in that process, stopped after a while: how long the stop took, in seconds.
            $stop = @'
$shell = [powershell]::Create()
$null = $shell.AddScript('param($module) Import-Module $module; Restore-OAuthSession slow -Vault Slow').AddArgument((Get-Module OAuthPS).Path.Replace('OAuthPS.dll', 'OAuthPS.psd1'))
$running = $shell.BeginInvoke()
$early = $running.AsyncWaitHandle.WaitOne(2000)
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$shell.Stop()
$watch.Elapsed.TotalSeconds
$early
"$($shell.InvocationStateInfo.State)"
'@
        }

        BeforeEach {
            Set-Content -LiteralPath $seconds -Value 5
            Clear-Journal
        }

        AfterAll {
            Stop-Shell
            Stop-Emulator
            Remove-Item -LiteralPath $folder -Recurse -Force
        }

        It 'is not asked for a token that is good' {
            (Measure-Command { Invoke-Shell $two '(Get-OAuthToken slow).TokenType' | Should -Be 'Bearer' }).TotalSeconds | Should -BeLessThan 5
        }

        It 'is waited for by two processes at the same expiry, which cost one token request and get one token' {
            Set-TokenExpired
            foreach ($shell in $one, $two) { Send-Shell $shell '$null = Invoke-OAuthRestMethod /api/v1/organization/profile -Session slow; Get-OAuthToken slow -AsPlainText' }
            $answers = foreach ($shell in $one, $two) { Receive-Shell $shell 120 }
            @($answers | Where-Object { $_.PSObject.Properties['error'] }).message | Should -BeNullOrEmpty
            @($answers.output | Sort-Object -Unique).Count | Should -Be 1
            @(Get-Journal '/blynk/oauth2/token').status | Should -Be 200
        }

        It 'is left within a second by Ctrl+C, and the next command has it after that' {
            $said = Invoke-Shell $two $stop
            [double] $said[0] | Should -BeLessThan 1
            $said[1..2] | Should -Be $false, 'Stopped'
            Remove-Item -LiteralPath $seconds
            Invoke-Shell $two '(Restore-OAuthSession slow -Vault Slow).Name' | Should -Be 'slow'
        }

        It 'keeps no prompt waiting: a completer gives up on it, and has its answer when it is quick again' {
            $complete = '(TabExpansion2 "Restore-OAuthSession -Vault Slow -Name s").CompletionMatches.Where({ $_.ResultType -eq "ParameterValue" }).CompletionText'
            (Measure-Command { Invoke-Shell $two $complete | Should -BeNullOrEmpty }).TotalSeconds | Should -BeLessThan 4
            Remove-Item -LiteralPath $seconds
            Invoke-Shell $two '$null = Restore-OAuthSession slow -Vault Slow'
            Invoke-Shell $two $complete | Should -Be 'slow'
        }
    }
}
