# What a runbook needs: nobody is asked anything, neither under -NonInteractive nor where nobody could answer, and what would have
# needed a person is an error. Each in a PowerShell of its own, whose standard input ends at once.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot Needs.psm1) -Force
    $vaults = @(Get-VaultKind)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    $module = Get-ModulePath
    Import-Module $module
    $emulator = Start-Emulator
    $homes = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "OAuthPS-$([guid]::NewGuid())")).FullName
    $client = "-ClientCredential ([pscredential]::new('oa2-client-id_demo', (ConvertTo-SecureString blynk-secret -AsPlainText -Force)))"
    $connect = "`$null = Connect-OAuthProvider Blynk -ServiceUrl $($emulator.Blynk) $client"

    # The lines that a script says until it ends by itself, which it has to within the time.
    function Invoke-Runbook([string] $Script, [switch] $Interactive, [string] $ModuleFolder, [int] $Seconds = 150) {
        $text = "`$ProgressPreference = 'SilentlyContinue'; function IdOf([scriptblock] `$Try) { `$ErrorActionPreference = 'Stop'; try { `$null = & `$Try; 'id=none' } catch { 'id=' + `$_.FullyQualifiedErrorId } }; Import-Module '$module'; $Script"
        $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($text))
        $start = Get-PowerShellStart (@('-NoProfile') + @($Interactive ? @() : '-NonInteractive') + '-EncodedCommand', $encoded)
        if ($ModuleFolder) { $start.Environment['PSModulePath'] = $ModuleFolder + [IO.Path]::PathSeparator + $env:PSModulePath }
        foreach ($name in 'HOME', 'USERPROFILE', 'LOCALAPPDATA', 'APPDATA') { $start.Environment[$name] = $homes }
        foreach ($name in 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'DISPLAY', 'WAYLAND_DISPLAY') { $null = $start.Environment.Remove($name) }
        $start.Environment['BROWSER'] = 'no-such-browser-anywhere'
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $start.UseShellExecute = $false
        $process = [System.Diagnostics.Process]::Start($start)
        try {
            $process.StandardInput.Close()
            $null = $process.StandardError.ReadToEndAsync()
            $output = $process.StandardOutput.ReadToEndAsync()
            if (-not $process.WaitForExit($Seconds * 1000)) { throw "It did not end within $Seconds s: it waits for somebody." }
            # The host says to a terminal how to take keys, whether there is one or not.
            , @(($output.Result -replace '\e(\[[\d;?]*[a-z]|[=>])').Trim() -split '\r?\n')
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
        @($said -like '*id=*').Count | Should -BeGreaterThan 6
        $said -like '*id=*' -notlike '*id=MissingMandatoryParameter,*' | Should -BeNullOrEmpty
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
        $said = Invoke-Runbook "$connect; IdOf { Update-OAuthToken -Confirm }; IdOf { Disconnect-OAuthProvider -Confirm }; 'id=' + (Get-OAuthSession).Name"
        @($said -like 'id=*') | Should -Be 'id=InvalidOperation,OAuthPS.Commands.UpdateOAuthTokenCommand', 'id=InvalidOperation,OAuthPS.Commands.DisconnectOAuthProviderCommand', 'id=Blynk'
    }

    It 'a name in place of a credential asks nobody for its password' {
        Invoke-Runbook 'IdOf { Connect-OAuthProvider Blynk -ClientCredential somebody }; IdOf { Connect-OAuthProvider SpatiaFi -Credential somebody }' | ForEach-Object { $_ -replace '^.*(?=id=)' } | Where-Object { $_ -like 'id=*' } |
            Should -Be (@('id=ParameterArgumentTransformationError,OAuthPS.Commands.ConnectOAuthProviderCommand') * 2)
    }

    It 'a sign-in that no browser opens for is an error at once, by whichever flow' {
        $said = Invoke-Runbook "foreach (`$way in @{ Flow = 'AuthorizationCode'; NoBrowser = `$true }, @{ Flow = 'AuthorizationCode' }, @{ Flow = 'Implicit'; Scope = '**' }) {
            IdOf { Connect-OAuthProvider JetBrainsSpace -ServiceUrl $($emulator.Space) -ClientId space-public @way -WarningAction Ignore }
        }"
        $said -like 'id=*' | Should -Be (@('id=SignInNeeded,OAuthPS.Commands.ConnectOAuthProviderCommand') * 3)
    }

    It 'a session that only a person could begin again is an error that says so' {
        $token = Get-BlynkRefreshToken
        Add-Fault @{ path = '/blynk/oauth2/token'; skip = 1; status = 400; body = '{"error":"invalid_grant"}' }
        $said = Invoke-Runbook "$connect -RefreshToken (ConvertTo-SecureString $token -AsPlainText -Force); IdOf { Update-OAuthToken }; `$Error[0].ErrorDetails.RecommendedAction"
        $said[0] | Should -BeLike 'id=InvalidGrant,*'
        $said[1] | Should -BeLike '*connect again*'
    }
}

foreach ($vault in $vaults) {
    Describe 'A vault that would ask: <Kind>' -ForEach $vault -Skip:([bool] $vault.Missing) -Tag $vault.Missing {
        It '<Name> is an error and no prompt' -ForEach @(
            @{ Name = 'because it is locked'; Prepare = "`$null = Reset-SecretStore -Scope CurrentUser -Authentication Password -Password (ConvertTo-SecureString 'store password' -AsPlainText -Force) -Interaction Prompt -Force -WarningAction Ignore" }
            @{ Name = 'because it was never set up'; Prepare = "Remove-Item -Recurse -Force (Join-Path ~ .secretmanagement) -ErrorAction Ignore" }
        ) {
            $null = Invoke-Runbook "$Prepare; Unregister-SecretVault Store -ErrorAction Ignore; Register-SecretVault Store -ModuleName Microsoft.PowerShell.SecretStore" -ModuleFolder $ModuleFolder
            # Also where there is a prompt to ask at.
            $said = Invoke-Runbook "IdOf { Restore-OAuthSession any -Vault Store }; $connect -Vault Store -ErrorAction SilentlyContinue -ErrorVariable refused; `"id=`$(`$refused[0].FullyQualifiedErrorId)`"; (Get-OAuthSession).Name" -Interactive -ModuleFolder $ModuleFolder
            $said[0..1] | Should -BeLike 'id=VaultLocked,*'
            $said[2] | Should -Be 'Blynk'
        }
    }
}
