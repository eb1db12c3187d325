# What a runbook needs: nobody is asked anything, neither under -NonInteractive nor where nobody could answer, and what would have
# needed a person is an error. Each in a PowerShell of its own, whose standard input ends at once.
BeforeDiscovery {
    $noVault = -not (Get-Module -ListAvailable Microsoft.PowerShell.SecretManagement) -or -not (Get-Module -ListAvailable Microsoft.PowerShell.SecretStore)
    if ($noVault) { Write-Warning 'Skipped what needs a vault: Microsoft.PowerShell.SecretManagement and Microsoft.PowerShell.SecretStore are not installed.' }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    $module = Get-ModulePath
    Import-Module $module
    $emulator = Start-Emulator
    $homes = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "OAuthPS-$([guid]::NewGuid())")).FullName
    $client = "-ClientCredential ([pscredential]::new('oa2-client-id_demo', (ConvertTo-SecureString blynk-secret -AsPlainText -Force)))"
    $connect = "`$null = Connect-OAuthProvider Blynk -ServiceUrl $($emulator.Blynk) $client"

    # What a script says until it ends by itself, which it has to within the time.
    function Invoke-Runbook([string] $Script, [switch] $Interactive, [int] $Seconds = 60) {
        $text = "`$ProgressPreference = 'SilentlyContinue'; function IdOf([scriptblock] `$Command) { try { `$null = & `$Command; 'none' } catch { `$_.FullyQualifiedErrorId } }; Import-Module '$module'; $Script"
        $start = [System.Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
        $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($text))
        foreach ($argument in @('-NoProfile') + @($Interactive ? @() : '-NonInteractive') + '-EncodedCommand', $encoded) { $start.ArgumentList.Add($argument) }
        foreach ($name in 'HOME', 'USERPROFILE', 'LOCALAPPDATA', 'APPDATA') { $start.Environment[$name] = $homes }
        foreach ($name in 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'DISPLAY', 'WAYLAND_DISPLAY') { $null = $start.Environment.Remove($name) }
        $start.Environment['BROWSER'] = 'no-such-browser-anywhere'
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $start.UseShellExecute = $false
        $process = [System.Diagnostics.Process]::Start($start)
        try {
            $process.StandardInput.Close()
            $output, $errors = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
            if (-not $process.WaitForExit($Seconds * 1000)) { throw "It did not end within $Seconds s: it waits for somebody." }
            $output.Result.Trim() -split '\r?\n'
            if ($errors.Result.Trim()) { "stderr: $($errors.Result)" }
        }
        finally {
            if (-not $process.HasExited) { $process.Kill($true) }
            $process.Dispose()
        }
    }
}

AfterAll {
    Stop-Emulator
    Remove-Item -LiteralPath $homes -Recurse -Force
}

Describe 'Without a person' {
    It 'every cmdlet says which parameter is missing: <_>' -ForEach 'with -NonInteractive', 'with a prompt that nobody answers' {
        # The list is made where it is checked: a new cmdlet is in it by itself.
        $script = @'
$ErrorActionPreference = 'Stop'
foreach ($command in Get-Command -Module OAuthPS) {
    $set = $command.ParameterSets | Where-Object IsDefault
    if (-not $set) { $set = $command.ParameterSets[0] }
    if ($set.Parameters | Where-Object IsMandatory) { "$($command.Name) $(IdOf { & $command })" }
}
'@
        $said = Invoke-Runbook $script -Interactive:($_ -notlike '*-NonInteractive')
        $said.Count | Should -BeGreaterThan 6
        $said | Where-Object { $_ -notmatch '^\S+-\S+ (MissingMandatoryParameter|AmbiguousParameterSet|.*Exception)' } | Should -BeNullOrEmpty
    }

    It 'no cmdlet asks for confirmation by itself, with the preference as it is or None' {
        $impacts = (Get-Command -Module OAuthPS).ImplementingType.ForEach{ $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact }
        $impacts | Where-Object { $_ -eq 'High' } | Should -BeNullOrEmpty
        foreach ($preference in 'High', 'None') {
            Invoke-Runbook @"
`$ErrorActionPreference = 'Stop'; `$ConfirmPreference = '$preference'
$connect
`$null = Update-OAuthToken
`$null = Register-OAuthProvider Acme -TokenEndpoint https://acme.example/token
Unregister-OAuthProvider Acme
Disconnect-OAuthProvider
`$person = @{ ServiceUrl = '$($emulator.SpatiaFi)'; Credential = [pscredential]::new('ada@example.com', (ConvertTo-SecureString 'correct horse battery staple' -AsPlainText -Force)) }
New-SpatiaFiAppCredential @person | Remove-SpatiaFiAppCredential @person
$connect
Revoke-OAuthToken -WarningAction Ignore
'ended'
"@ | Should -Be 'ended'
        }
    }

    It 'what is to be confirmed is an error, and is not done' {
        Invoke-Runbook "$connect; IdOf { Update-OAuthToken -Confirm -ErrorAction Stop }; IdOf { Disconnect-OAuthProvider -Confirm -ErrorAction Stop }; (Get-OAuthSession).Name" |
            ForEach-Object { $_ -replace '^.*Exception.*$', 'error' -replace '^(?!error|none|Blynk).*,OAuthPS.*$', 'error' } | Should -Be 'error', 'error', 'Blynk'
    }

    It 'a name in place of a credential asks nobody for its password' {
        Invoke-Runbook 'IdOf { Connect-OAuthProvider Blynk -ClientCredential somebody }; IdOf { Connect-OAuthProvider SpatiaFi -Credential somebody }' |
            Should -Be (@('ParameterArgumentTransformationError,OAuthPS.Commands.ConnectOAuthProviderCommand') * 2)
    }

    It 'a sign-in that no browser opens for is an error at once: <_>' -ForEach '-NoBrowser', '', '-Flow Implicit -Scope "**"' {
        $more = $_ -like '*-Flow*' ? $_ : "-Flow AuthorizationCode $_"
        $said = Invoke-Runbook "IdOf { Connect-OAuthProvider JetBrainsSpace -ServiceUrl $($emulator.Space) -ClientId space-public $more -WarningAction Ignore }"
        $said[-1] | Should -BeLike 'SignInNeeded,*'
    }

    It 'a session that cannot be renewed without a person is an error that says so' {
        $said = Invoke-Runbook @"
`$ErrorActionPreference = 'Stop'
`$token = (Invoke-RestMethod -Method Post -Uri '$($emulator.Blynk)/oauth2/token?grant_type=client_credentials' -Headers @{ Authorization = 'Basic $([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('oa2-client-id_demo:blynk-secret')))' }).refresh_token
`$null = Connect-OAuthProvider Blynk -ServiceUrl $($emulator.Blynk) $client -RefreshToken (ConvertTo-SecureString `$token -AsPlainText -Force)
`$null = Invoke-RestMethod -Method Post -Uri '$($emulator.Blynk)/oauth2/token?grant_type=refresh_token&refresh_token=used'  -SkipHttpErrorCheck
'connected'
"@
        $said | Should -Be 'connected'
    }
}

Describe 'A vault that would ask' -Skip:$noVault {
    It '<Name> is an error and no prompt' -ForEach @(
        @{ Name = 'because it is locked'; Prepare = "`$null = Reset-SecretStore -Scope CurrentUser -Authentication Password -Password (ConvertTo-SecureString 'store password' -AsPlainText -Force) -Interaction Prompt -Force -WarningAction Ignore" }
        @{ Name = 'because it was never set up'; Prepare = "Remove-Item -Recurse -Force (Join-Path ~ .secretmanagement) -ErrorAction Ignore" }
    ) {
        $null = Invoke-Runbook "$Prepare; Unregister-SecretVault Store -ErrorAction Ignore; Register-SecretVault Store -ModuleName Microsoft.PowerShell.SecretStore"
        foreach ($interactive in $false, $true) {
            $said = Invoke-Runbook "IdOf { Restore-OAuthSession any -Vault Store }; $connect -Vault Store -ErrorAction SilentlyContinue -ErrorVariable refused; `$refused[0].FullyQualifiedErrorId; (Get-OAuthSession).Name" -Interactive:$interactive
            $said[0..1] | Should -BeLike 'VaultLocked,*'
            $said[2] | Should -Be 'Blynk'
        }
    }
}
