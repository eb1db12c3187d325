# A server that nobody has heard of, described by a provider file and a dialect, and the cmdlets at it.

BeforeDiscovery { $missing = $IsWindows -or $IsMacOS ? 'Only on Linux can the configuration folder be moved.' : '' }

Describe 'A server that is rehearsed' -Skip:([bool] $missing) -Tag $missing {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
        Import-Module (Join-Path $PSScriptRoot Vault.psm1) -Force
        $folder = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "OAuthPS-$([guid]::NewGuid())")).FullName
        $provider = Join-Path $folder harbour.json
        Set-Content $provider @'
{
  "name": "Harbour", "displayName": "Harbour Office", "serviceUrl": "https://api.harbour.example/v3",
  "tokenEndpoint": "https://login.harbour.example/session", "deviceAuthorizationEndpoint": "https://login.harbour.example/device",
  "flows": ["ClientCredentials", "DeviceCode", "RefreshToken"], "clientAuthentications": ["Basic", "None"],
  "tokenResponse": { "path": "/result/session", "members": { "access_token": "key", "expires_in": "ends" } }
}
'@
        $dialect = Join-Path $folder harbour.dialect.json
        Set-Content $dialect @'
{
  "token": {
    "contentType": "text/plain; charset=utf-8", "headers": { "X-Berth": "7" },
    "body": { "result": { "session": { "key": "{access_token}", "ends": "{expires_at_date}", "refresh_token": "{refresh_token}", "berth": 7 } } }
  },
  "refusal": { "status": 200, "body": { "success": false, "message": "Harbour says: {error_description}" } },
  "refusals": {
    "authorization_pending": { "status": 403, "body": { "error": "{error}" } },
    "invalid_token": { "status": 401, "contentType": "text/html", "body": "<h1>Come back with a new key</h1>" }
  },
  "device": { "interval": 1, "pending": 1 },
  "lifetimes": { "accessToken": 1800 },
  "api": { "/ships": { "body": [{ "ship": "Ada" }, { "ship": "Grace" }] } }
}
'@
        $emulator = Start-Emulator '--provider', $provider, '--dialect', $dialect

        $shell = Start-Shell -HomeFolder $folder -Module (Get-ModulePath)
        Invoke-Shell $shell @"
Set-Location '$folder'
Import-Module '$(Join-Path $PSScriptRoot Emulator.psm1)'
Invoke-WebRequest $($emulator.Url)/_emulator/providers/Harbour -OutFile here.json
`$null = Register-OAuthProvider -Path ./here.json
"@
    }

    AfterAll {
        Stop-Shell
        Stop-Emulator
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
    }

    It 'gives a token that lies deep and ends on a date' {
        $seen = Invoke-Shell $shell @'
$session = Connect-OAuthProvider Harbour -ClientCredential (Get-Account).RehearsalClient
[math]::Round(($session.ExpiresAt - [DateTimeOffset]::UtcNow).TotalMinutes)
(Invoke-OAuthRestMethod /ships).ship
'@
        $seen | Should -Be 30, 'Ada', 'Grace'
    }

    It 'refuses in its own words, with a status that is none' {
        $seen = Invoke-Shell $shell @'
try { Connect-OAuthProvider Harbour -ClientCredential (New-Credential rehearsal-client not-the-secret) } catch { "$_" }
'@
        $seen | Should -BeLike '*Harbour says: The client is unknown or its secret is wrong.*'
        $seen | Should -Not -Match 'not-the-secret'
    }

    It 'lets a person sign in on another device, and renews' {
        $seen = Invoke-Shell $shell @'
$session = Connect-OAuthProvider Harbour -Flow DeviceCode -ClientId rehearsal-client 6>$null
$session.CanRefresh
$null = Update-OAuthToken
'@
        $seen | Should -Contain 'True'
        Get-JournalLine '/Harbour/*' | Select-Object -Last 4 |
            Should -Be 'POST /Harbour/device 200', 'POST /Harbour/session 403', 'POST /Harbour/session 200', 'POST /Harbour/session 200'
    }

    It 'refuses a token of its API with a page, and gets another one' {
        Set-TokenExpired
        Invoke-Shell $shell '(Invoke-OAuthRestMethod /ships).ship' | Should -Be 'Ada', 'Grace'
        Get-JournalLine '/Harbour/*' | Select-Object -Last 3 |
            Should -Be 'GET /Harbour/ships 401', 'POST /Harbour/session 200', 'GET /Harbour/ships 200'
    }

    It 'shows no token in its journal' {
        "$(Invoke-RestMethod "$($emulator.Url)/_emulator/journal" | ConvertTo-Json -Depth 5)" | Should -Not -Match 'emulated_'
    }
}
