# A whole session with every provider, as loud as PowerShell can be: all streams, -Verbose -Debug, a transcript, every object and
# every error in every view. Canary.Tests.ps1 runs it in a process of its own and looks for secrets in what it said. What is secret
# goes to a file, by a way that no stream and no transcript sees.
param([string] $Url, [string] $Folder)

Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Verbose:$false -Debug:$false
Import-Module (Get-ModulePath) -Verbose:$false
$account = & (Get-Module Emulator) { param($Url) $script:Emulator = @{ Url = $Url; Blynk = "$Url/blynk"; Spacebring = "$Url/spacebring"; SpatiaFi = "$Url/spatiafi"; Space = "$Url/space" }; $script:Account } $Url
$secretsFile = Join-Path $Folder 'secrets.txt'

function Save-Secret([string] $Text) { if ($Text) { [System.IO.File]::AppendAllText($secretsFile, "$Text`n") } }

# Also what a session never gives: its refresh token.
function Save-SessionSecret([string] $Name) {
    $flags = [System.Reflection.BindingFlags] 'NonPublic, Public, Instance'
    $session = Get-OAuthSession $Name
    $tokens = $session.GetType().GetField('_tokens', $flags).GetValue($session)
    $state = $tokens.GetType().GetProperty('State', $flags).GetValue($tokens)
    $refreshToken = $state.GetType().GetProperty('RefreshToken', $flags).GetValue($state)
    if ($refreshToken) { Save-Secret $refreshToken.Reveal() }
    Save-Secret (Get-OAuthToken $Name -AsPlainText -Verbose:$false -Debug:$false)
}

function Show {
    process {
        $_
        $_ | Format-List * -Force
        $_ | Format-Table * -Force
        $_ | ConvertTo-Json -Depth 5 -WarningAction Ignore
        "$_"
    }
}

$wrong = @{}
foreach ($name in 'Blynk', 'Space', 'SpatiaFi', 'Spacebring', 'User') {
    $text = "canary $name+&=/ secret"
    Save-Secret $text
    $wrong[$name] = New-Credential $name $text
}

$null = Start-Transcript (Join-Path $Folder 'transcript.txt') -IncludeInvocationHeader
# -Debug alone would ask what to do about each warning and error.
$loud = @{ Verbose = $true; Debug = $true; WarningAction = 'Continue'; ErrorAction = 'Continue' }
$space = $account.SpaceClient
$ErrorActionPreference = 'Continue'

& {
    $blynkToken = Get-BlynkRefreshToken; Save-Secret $blynkToken
    $spacebringToken = Get-SpacebringRefreshToken; Save-Secret $spacebringToken
    $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'

    # Every way to a session.
    Connect-Blynk $loud | Show; Save-SessionSecret Blynk
    Connect-Blynk (@{ ClientAuthentication = 'Query'; Name = 'query' } + $loud) | Show; Save-SessionSecret query
    Connect-Blynk (@{ RefreshToken = (ConvertTo-Secret $blynkToken); Name = 'refresh' } + $loud) | Show; Save-SessionSecret refresh
    Connect-SpatiaFi $loud | Show; Save-SessionSecret SpatiaFi
    Connect-SpatiaFi (@{ ClientAuthentication = 'Basic'; Name = 'sb' } + $loud) | Show; Save-SessionSecret sb
    Connect-SpatiaFi (@{ ClientAuthentication = 'Post'; Name = 'sp' } + $loud) | Show; Save-SessionSecret sp
    Connect-SpatiaFiUser (@{ Name = 'me' } + $loud) | Show; Save-SessionSecret me
    Connect-SpatiaFiUser (@{ Name = 'pw'; Flow = 'Password' } + $loud) | Show; Save-SessionSecret pw
    Connect-Space $loud | Show; Save-SessionSecret JetBrainsSpace
    Connect-SpaceUser (@{ Name = 'ada' } + $loud) | Show; Save-SessionSecret ada
    Connect-Spacebring $loud | Show
    Connect-Spacebring (@{ RefreshToken = (ConvertTo-Secret $spacebringToken); Name = 'partner' } + $loud) | Show; Save-SessionSecret partner

    # A person's, by a browser that answers by itself.
    if ($env:BROWSER) {
        Connect-Space (@{ Flow = 'AuthorizationCode'; Scope = '**'; Name = 'signed in' } + $loud) | Show; Save-SessionSecret 'signed in'
        Connect-Spacebring (@{ Flow = 'AuthorizationCode'; Scope = 'resources', 'locations'; Name = 'signed in too' } + $loud) | Show; Save-SessionSecret 'signed in too'
        Update-OAuthToken 'signed in' @loud | Show; Save-SessionSecret 'signed in'
    }

    # Everything that can be done with one.
    Get-OAuthProvider @loud | Show
    Get-OAuthSession @loud | Show
    foreach ($name in (Get-OAuthSession).Name) {
        Save-Secret (Get-OAuthRequestHeader $name).Authorization
        Get-OAuthRequestHeader $name @loud
        if ($name -ne 'Spacebring') {
            Get-OAuthToken $name @loud | Show
            Update-OAuthToken $name @loud | Show; Save-SessionSecret $name
            Update-OAuthToken $name -WhatIf
        }
    }
    Set-TokenExpired
    Invoke-OAuthRestMethod /api/v1/organization/profile -Session Blynk @loud | Show; Save-SessionSecret Blynk
    Invoke-OAuthRestMethod /api/http/projects -Session ada @loud | Show; Save-SessionSecret ada
    Invoke-OAuthRestMethod /locations/v1 -Session partner @loud | Show; Save-SessionSecret partner
    $category = @{ locationRef = '0b7c1f5e-57f4-4f0e-9f7a-6f1b3a3e1c01'; title = 'x' }
    Invoke-OAuthRestMethod /benefits/categories/v1 -Session Spacebring -Method Post -Body @{ category = $category } @loud | Show
    $new = New-SpatiaFiAppCredential -Credential $account.SpatiaFiUser -ServiceUrl "$Url/spatiafi" @loud
    Save-Secret $new.ClientCredential.GetNetworkCredential().Password
    $new | Show
    $new | Connect-OAuthProvider SpatiaFi -Name new @loud | Show; Save-SessionSecret new
    Get-SpatiaFiAppCredential -Session me @loud | Show
    $new | Remove-SpatiaFiAppCredential -Session me @loud

    # Everything that can go wrong.
    Connect-OAuthProvider Blynk -ServiceUrl "$Url/blynk" -ClientCredential $wrong.Blynk @loud
    Connect-OAuthProvider Blynk -ServiceUrl "$Url/blynk" -ClientCredential $wrong.Blynk -ClientAuthentication Query @loud
    Connect-OAuthProvider Blynk -ServiceUrl http://127.0.0.1:1 -ClientCredential $wrong.Blynk -ClientAuthentication Query @loud
    Connect-OAuthProvider JetBrainsSpace -ServiceUrl "$Url/space" -ClientCredential $wrong.Space @loud
    Connect-OAuthProvider JetBrainsSpace -ServiceUrl "$Url/space" -ClientCredential $space -Credential $wrong.User -Scope '**' @loud
    foreach ($way in 'SecretJwt', 'Basic', 'Post') { Connect-OAuthProvider SpatiaFi -ServiceUrl "$Url/spatiafi" -ClientCredential $wrong.SpatiaFi -ClientAuthentication $way @loud }
    Connect-OAuthProvider SpatiaFi -ServiceUrl "$Url/spatiafi" -Credential $wrong.User @loud
    Connect-OAuthProvider Spacebring -Name bad -ServiceUrl "$Url/spacebring" -ClientCredential $wrong.Spacebring @loud
    Invoke-OAuthRestMethod /locations/v1 -Session bad @loud
    $blynk = @{ Provider = 'Blynk'; ServiceUrl = "$Url/blynk"; ClientCredential = $account.BlynkClient; Name = 'x' } + $loud
    $secret = $wrong.User.GetNetworkCredential().Password
    Connect-OAuthProvider @blynk -RefreshToken $wrong.User.Password
    Connect-OAuthProvider @blynk -RefreshToken $secret
    Connect-OAuthProvider @blynk -AdditionalParameter @{ api_key = $secret }
    Connect-OAuthProvider @blynk -AdditionalParameter @{ grant_type = $secret }
    Connect-OAuthProvider @blynk -Header @{ 'X-Key' = "$secret`n" }
    $repeat = @{ error = 'invalid_client'; error_description = "no: $($wrong.Blynk.GetNetworkCredential().Password) for $($wrong.Blynk.UserName)" }
    Add-Fault @{ path = '/blynk/oauth2/token'; status = 401; body = (ConvertTo-Json $repeat) }
    Connect-OAuthProvider Blynk -ServiceUrl "$Url/blynk" -ClientCredential $wrong.Blynk -ClientAuthentication Query @loud
    foreach ($fault in @{ status = 500; body = '<h1>x</h1>' }, @{ body = '{"access_token":' }, @{ drop = $true }, @{ status = 307; headers = @{ Location = 'https://elsewhere.example/' } }) {
        Add-Fault (@{ path = '/blynk/oauth2/token'; times = 0 } + $fault)
        Update-OAuthToken Blynk @loud
        Invoke-Control Delete faults
        Add-Fault (@{ path = '/spacebring/oauth2/revoke'; times = 0 } + $fault)
        if ($fault.status) { Revoke-OAuthToken partner @loud }
        Invoke-Control Delete faults
    }
    Add-Fault @{ path = '/spacebring/oauth2/revoke'; delayMilliseconds = 5000 }
    Disconnect-OAuthProvider partner -Revoke @loud
    Get-OAuthSession @loud | Disconnect-OAuthProvider @loud

    $Error | Format-List * -Force
    foreach ($record in $Error) { $record.Exception | Format-List * -Force; $record.TargetObject; Get-Error -InputObject $record }
    "errors: $($Error.Count)"
} *>&1

$null = Stop-Transcript
