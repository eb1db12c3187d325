# The diagrams of docs/providers are what goes over the wire: each is compared, arrow by arrow, with the journal of a session that
# does what the page says.

BeforeDiscovery {
    $missing = $IsWindows ? 'Windows has no BROWSER variable.' : ''
    # How a session of each flow goes: connect, call the API, renew, and what the page shows besides.
    $call = @{ Blynk = '/api/v1/organization/profile'; JetBrainsSpace = '/api/http/projects'; Spacebring = '/locations/v1'; SpatiaFi = '/api/info' }
    $flows = @(
        @{ Page = 'blynk'; Provider = 'Blynk'; Flow = 'ClientCredentials'; Session = { $null = Connect-Blynk; Call; $null = Update-OAuthToken } }
        @{ Page = 'blynk'; Provider = 'Blynk'; Flow = 'RefreshToken'; Session = { $null = Connect-Blynk @{ RefreshToken = ConvertTo-Secret $refreshToken.Blynk }; Call } }
        @{ Page = 'jetbrains-space'; Provider = 'JetBrainsSpace'; Flow = 'ClientCredentials'; Session = { $null = Connect-Space @{ Scope = '**' }; Call } }
        @{ Page = 'jetbrains-space'; Provider = 'JetBrainsSpace'; Flow = 'AuthorizationCode'; Session = { $null = Connect-OAuthProvider JetBrainsSpace -ServiceUrl $emulator.Space -ClientId space-public -Scope '**'; Call; $null = Update-OAuthToken } }
        @{ Page = 'jetbrains-space'; Provider = 'JetBrainsSpace'; Flow = 'RefreshToken'; Session = { $null = Connect-Space @{ RefreshToken = ConvertTo-Secret $refreshToken.Space; Scope = '**' }; Call } }
        @{ Page = 'jetbrains-space'; Provider = 'JetBrainsSpace'; Flow = 'Password'; Session = { $null = Connect-SpaceUser; Call } }
        @{ Page = 'jetbrains-space'; Provider = 'JetBrainsSpace'; Flow = 'Implicit'; Session = { $null = Connect-Space @{ Flow = 'Implicit'; Scope = '**'; WarningAction = 'SilentlyContinue' }; Call } }
        @{ Page = 'spacebring'; Provider = 'Spacebring'; Flow = 'Basic'; Session = { $null = Connect-OAuthProvider Spacebring -ServiceUrl $emulator.Spacebring -ClientCredential (Get-Account).SpacebringClient; Call } }
        @{ Page = 'spacebring'; Provider = 'Spacebring'; Flow = 'AuthorizationCode'; Session = { $null = Connect-Spacebring @{ Flow = 'AuthorizationCode'; Scope = 'resources', 'locations' }; Call; $null = Update-OAuthToken; Revoke-OAuthToken } }
        @{ Page = 'spacebring'; Provider = 'Spacebring'; Flow = 'RefreshToken'; Session = { $null = Connect-Spacebring @{ RefreshToken = ConvertTo-Secret $refreshToken.Spacebring }; Call } }
        @{ Page = 'spatiafi'; Provider = 'SpatiaFi'; Flow = 'ClientCredentials'; Session = { $null = Connect-SpatiaFi; Call } }
        @{ Page = 'spatiafi'; Provider = 'SpatiaFi'; Flow = 'Basic'; Session = { $null = Connect-SpatiaFiUser; $null = New-SpatiaFiAppCredential } }
        @{ Page = 'spatiafi'; Provider = 'SpatiaFi'; Flow = 'Password'; Session = { $null = Connect-SpatiaFiUser @{ Flow = 'Password'; WarningAction = 'SilentlyContinue' }; Call } }
    )
    foreach ($flow in $flows) { $flow.Api = $call[$flow.Provider] }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Join-Path $PSScriptRoot Diagrams.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $before = $env:BROWSER
    $env:BROWSER = "`"$($emulator.Process.StartInfo.FileName)`" `"$($emulator.Process.StartInfo.ArgumentList[0])`" browse %s"
    $pages = Join-Path $PSScriptRoot .. .. docs providers
}

AfterAll {
    $env:BROWSER = $before
    Stop-Emulator
}

Describe 'The diagram of <Provider>''s <Flow>' -Skip:([bool] $missing) -Tag $missing -ForEach $flows {
    BeforeEach {
        Reset-Emulator
        $refreshToken = @{}
        if ($Flow -eq 'RefreshToken') {
            $refreshToken = @{ Blynk = Get-BlynkRefreshToken; Spacebring = Get-SpacebringRefreshToken; Space = Get-SpaceRefreshToken }
            Clear-Journal
        }
    }

    It 'is what goes over the wire' {
        function Call { $null = Invoke-OAuthRestMethod $Api }
        . $Session
        $place = $Provider -replace 'JetBrains'
        $base = ([uri] $emulator.$place).AbsolutePath
        $wire = Get-WireArrow (Get-Journal) $base
        $drawn = (Get-Diagram (Join-Path $pages "$Page.md") | Where-Object Flow -EQ $Flow).Arrows
        $drawn -join "`n" | Should -Be ($wire -join "`n")
    }
}

Describe 'The diagrams of <_>' -ForEach 'blynk', 'jetbrains-space', 'spacebring', 'spatiafi' {
    It 'are one for each flow of the provider' {
        $page = $_
        $provider = Get-OAuthProvider | Where-Object { $_.Name -eq ($page -replace '-') }
        (Get-Diagram (Join-Path $pages "$page.md")).Flow | Sort-Object | Should -Be ($provider.Flows | ForEach-Object ToString | Sort-Object)
    }
}
