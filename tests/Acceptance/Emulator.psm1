# Starts the emulator for a test file and ends it after, and speaks to its control API. The demo accounts are the ones of
# src/OAuthPS.Emulator/DemoAccounts.cs: for loopback only, and secret from nobody.

$ErrorActionPreference = 'Stop'

# Exported with the rest.
Import-Module (Join-Path $PSScriptRoot PowerShell.psm1)

$script:Emulator = $null

function Find-Built([string] $Variable, [string[]] $Pattern, [string] $Build) {
    $given = [Environment]::GetEnvironmentVariable($Variable)
    if ($given) {
        if (Test-Path -LiteralPath $given) { return (Resolve-Path -LiteralPath $given).ProviderPath }
        throw "$Variable is '$given', and there is no such file."
    }

    for ($folder = $PSScriptRoot; $folder; $folder = Split-Path $folder) {
        if (Test-Path -LiteralPath (Join-Path $folder 'OAuthPS.sln')) {
            $found = $Pattern | ForEach-Object { Get-ChildItem -Path (Join-Path $folder $_) -ErrorAction Ignore } |
                Sort-Object LastWriteTime -Descending | Select-Object -First 1
            if ($found) { return $found.FullName }
        }
    }

    throw "There is nothing to test: run '$Build' first, or set $Variable."
}

function Get-ModulePath {
    Find-Built OAUTHPS_TEST_MODULE 'artifacts/module/OAuthPS/OAuthPS.psd1' 'dotnet build src/OAuthPS'
}

# Another module's assembly, with another version of the identity library beside it.
function Get-NeighbourPath {
    Find-Built OAUTHPS_TEST_NEIGHBOUR 'artifacts/neighbour/OAuthPS.Neighbour.dll' 'dotnet build tests/OAuthPS.Neighbour'
}

# What it is to play besides is given as serve's own options.
function Start-Emulator([string[]] $Option = @()) {
    $program = Find-Built OAUTHPS_TEST_EMULATOR 'src/OAuthPS.Emulator/bin/*/*/OAuthPS.Emulator.dll' 'dotnet build src/OAuthPS.Emulator'
    $start = [System.Diagnostics.ProcessStartInfo]::new($env:DOTNET_HOST_PATH ? $env:DOTNET_HOST_PATH : 'dotnet')
    foreach ($argument in @($program, 'serve', '--port', '0', '--exit-with-parent') + $Option) { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    $first = $process.StandardOutput.ReadLine()
    if ($first -notmatch 'listening on (http://\S+)') {
        $process.Kill($true)
        throw "The emulator did not say where it listens, but: $first"
    }

    # What else it writes is read, so that it never waits for a reader.
    $null = $process.StandardOutput.ReadToEndAsync()
    $url = $Matches[1]
    $script:Emulator = [pscustomobject]@{
        Url        = $url
        Blynk      = "$url/blynk"
        Spacebring = "$url/spacebring"
        SpatiaFi   = "$url/spatiafi"
        Space      = "$url/space"
        Process    = $process
    }
    $script:Emulator
}

function Stop-Emulator {
    if ($script:Emulator) {
        Save-Journal
        $process = $script:Emulator.Process
        $process.StandardInput.Close()
        if (-not $process.WaitForExit(5000)) { $process.Kill($true) }
        $process.Dispose()
        $script:Emulator = $null
    }
}

# No sessions, no faults, an empty journal and the documented lifetimes: what a test starts from.
function Reset-Emulator {
    Get-OAuthSession | Disconnect-OAuthProvider
    Set-Emulator @{ tokenLifetimeSeconds = $null; refreshTokenLifetimeSeconds = $null }
    Invoke-Control Delete faults
    Clear-Journal
}

function Invoke-Control([string] $Method, [string] $Path, $Body) {
    $request = @{ Method = $Method; Uri = "$($script:Emulator.Url)/_emulator/$Path"; Verbose = $false; Debug = $false; ProgressAction = 'SilentlyContinue' }
    if ($null -ne $Body) { $request += @{ Body = (ConvertTo-Json $Body -Depth 5); ContentType = 'application/json' } }
    Invoke-RestMethod @request
}

function Set-Emulator([hashtable] $Setting) { $null = Invoke-Control Put settings $Setting }

# The emulator does as told with the next request that matches: status, headers, body, delayMilliseconds, drop, …
function Add-Fault([hashtable] $Fault) { $null = Invoke-Control Post faults $Fault }

# Every access token issued so far is refused from now on, whatever the client believes of it.
function Set-TokenExpired { $null = Invoke-Control Post expire }

function Clear-Journal {
    Save-Journal
    $null = Invoke-Control Delete journal
}

# For the record of a whole run (Suite.ps1), which a cleared journal would be missing in.
function Save-Journal {
    if ($env:OAUTHPS_TEST_RECORD) {
        ConvertTo-Json @(Get-Journal) -Depth 6 | Add-Content -LiteralPath (Join-Path $env:OAUTHPS_TEST_RECORD "journal-$($script:Emulator.Process.Id).txt")
    }
}

# What a runspace of a test's own said, progress too, which nobody else would record.
function Save-Stream([powershell] $Shell) {
    if ($env:OAUTHPS_TEST_RECORD) {
        & { foreach ($name in 'Error', 'Warning', 'Verbose', 'Debug', 'Information', 'Progress') { $Shell.Streams.$name | Format-List * -Force } } |
            Out-String -Width 10000 | Add-Content -LiteralPath (Join-Path $env:OAUTHPS_TEST_RECORD streams.txt)
    }
}

# The requests served, oldest first, as "POST /blynk/oauth2/token 200" stands for one.
function Get-Journal([string] $Path = '*') {
    # The parentheses make a pipeline of the list, which Invoke-RestMethod gives as one object.
    (Invoke-Control Get journal) | Where-Object path -Like $Path
}

function Get-JournalLine([string] $Path = '*') {
    Get-Journal $Path | ForEach-Object { "$($_.method) $($_.path) $($_.status)" }
}

function New-Credential([string] $Name, [string] $Secret) {
    [pscredential]::new($Name, (ConvertTo-SecureString $Secret -AsPlainText -Force))
}

function ConvertTo-Secret([string] $Text) { ConvertTo-SecureString $Text -AsPlainText -Force }

$script:Account = @{
    BlynkClient       = New-Credential 'oa2-client-id_demo' 'blynk-secret'
    SpacebringClient  = New-Credential 'client id' 'client secret'
    SpacebringNetwork = '8f1ad2a0-3c64-4f4e-9d3e-0d6b6a2f7c11'
    SpacebringUser    = New-Credential 'ada@example.com' 'spacebring-password'
    SpatiaFiUser      = New-Credential 'ada@example.com' 'correct horse battery staple'
    SpatiaFiClient    = New-Credential '5d3a1c9e-7f0b-4f7e-8a51-2d9c6f0e1b42' 's3cr3t-short'
    SpaceClient       = New-Credential 'space-client' 'space-secret:with+odd chars&='
    SpaceUser         = New-Credential 'ada' 'space-password'
    RehearsalClient   = New-Credential 'rehearsal-client' 'rehearsal-secret'
}

function Get-Account { $script:Account }

# A session of each kind, in as few words as a test needs.
function Connect-Blynk([hashtable] $With = @{}) {
    Connect-OAuthProvider Blynk -ServiceUrl $script:Emulator.Blynk -ClientCredential $script:Account.BlynkClient @With
}

function Connect-Spacebring([hashtable] $With = @{}) {
    Connect-OAuthProvider Spacebring -ServiceUrl $script:Emulator.Spacebring -ClientCredential $script:Account.SpacebringClient `
        -Header @{ 'spacebring-network-id' = $script:Account.SpacebringNetwork } @With
}

function Connect-SpatiaFi([hashtable] $With = @{}) {
    Connect-OAuthProvider SpatiaFi -ServiceUrl $script:Emulator.SpatiaFi -ClientCredential $script:Account.SpatiaFiClient @With
}

function Connect-SpatiaFiUser([hashtable] $With = @{}) {
    Connect-OAuthProvider SpatiaFi -ServiceUrl $script:Emulator.SpatiaFi -Credential $script:Account.SpatiaFiUser @With
}

function Connect-Space([hashtable] $With = @{}) {
    Connect-OAuthProvider JetBrainsSpace -ServiceUrl $script:Emulator.Space -ClientCredential $script:Account.SpaceClient @With
}

function Connect-SpaceUser([hashtable] $With = @{}) {
    $quiet = $With.ContainsKey('WarningAction') ? @{} : @{ WarningAction = 'SilentlyContinue' }
    Connect-OAuthProvider JetBrainsSpace -ServiceUrl $script:Emulator.Space -ClientCredential $script:Account.SpaceClient `
        -Credential $script:Account.SpaceUser -Scope '**' @quiet @With
}

# A refresh token as a user would already have one: from an answer of the token endpoint itself.
function Get-BlynkRefreshToken {
    (Invoke-RestMethod -Method Post -Uri "$($script:Emulator.Blynk)/oauth2/token?grant_type=client_credentials" `
        -Authentication Basic -Credential $script:Account.BlynkClient -AllowUnencryptedAuthentication -Verbose:$false -Debug:$false).refresh_token
}

# The person's part of an authorization code flow, without a browser: the sign-in page's form, filled in and sent.
function Get-SpacebringRefreshToken {
    $callback = 'https://app.example/callback'
    $query = "response_type=code&client_id=client%20id&redirect_uri=$([uri]::EscapeDataString($callback))&scope=resources%20locations%20benefits"
    $page = Invoke-WebRequest "$($script:Emulator.Spacebring)/oauth2/authorize?$query" -Verbose:$false -Debug:$false
    $form = @{
        request_id = [regex]::Match($page.Content, 'name="request_id" value="([^"]+)"').Groups[1].Value
        username   = $script:Account.SpacebringUser.UserName
        password   = $script:Account.SpacebringUser.GetNetworkCredential().Password
        decision   = 'allow'
    }
    $redirect = Invoke-WebRequest "$($script:Emulator.Spacebring)/oauth2/authorize" -Method Post -Body $form -MaximumRedirection 0 `
        -SkipHttpErrorCheck -ErrorAction Ignore -Verbose:$false -Debug:$false
    $code = [regex]::Match("$($redirect.Headers.Location)", 'code=([^&]+)').Groups[1].Value
    (Invoke-RestMethod -Method Post -Uri "$($script:Emulator.Spacebring)/oauth2/token" -Verbose:$false -Debug:$false -Body @{
            grant_type    = 'authorization_code'
            code          = [uri]::UnescapeDataString($code)
            client_id     = $script:Account.SpacebringClient.UserName
            client_secret = $script:Account.SpacebringClient.GetNetworkCredential().Password
        }).refresh_token
}

function Get-SpaceRefreshToken {
    (Invoke-RestMethod -Method Post "$($script:Emulator.Space)/oauth/token" -Authentication Basic -Credential $script:Account.SpaceClient `
        -AllowUnencryptedAuthentication -Verbose:$false -Debug:$false -Body @{
            grant_type  = 'password'
            username    = $script:Account.SpaceUser.UserName
            password    = $script:Account.SpaceUser.GetNetworkCredential().Password
            scope       = '**'
            access_type = 'offline'
        }).refresh_token
}

# A script that signs with a key and verifies: what the module needs the identity library for.
function Get-VerificationScript {
    '$key = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve]::CreateFromFriendlyName("nistP256")); ' +
    '(New-OAuthClientAssertion -ClientId me -ClientKey $key -Audience https://as.example | ForEach-Object ClientAssertion | ConvertFrom-OAuthJwt -Verify -Key $key).IsVerified'
}

# What something warns of.
function Get-Warning([scriptblock] $Command) {
    & $Command 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }
}

# The error record of something that must fail.
function Get-Failure([scriptblock] $Command) {
    try {
        $null = & $Command
    }
    catch {
        return $_
    }

    throw "This succeeded, and should have failed: $Command"
}

# Until a PowerShell beside this one has said something so many times in its verbose stream, which this blocks on.
function Wait-Verbose([powershell] $Shell, [string] $Like, [int] $Count = 1) {
    $Shell.Streams.Verbose.BlockingEnumerator = $true
    foreach ($said in $Shell.Streams.Verbose) {
        if ($said.Message -like $Like -and --$Count -le 0) { return }
    }

    throw "It ended without a word like ${Like}: $($Shell.Streams.Error)"
}

Export-ModuleMember -Function *-* -Variable @()
