BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account

    # The same server by another name: another origin.
    $elsewhere = "http://localhost:$(([uri] $emulator.Url).Port)"
    $profilePath = 'blynk/api/v1/organization/profile'
}

AfterAll { Stop-Emulator }

Describe 'A call of an address that the session does not know as an API' {
    BeforeEach { Reset-Emulator }

    It 'is refused before anything is sent, and the error names -ApiUrl with the address' {
        $session = Connect-Blynk
        Set-TokenExpired
        Clear-Journal
        $failure = Get-Failure { Invoke-OAuthRestMethod "$elsewhere/$($profilePath)?key=hunter2" }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ApiOriginNotAllowed,*'
        $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'
        $failure.ErrorDetails.Message | Should -BeLike "*'Blynk'*$elsewhere*nothing was sent*$($emulator.Url)*"
        $failure.ErrorDetails.RecommendedAction | Should -BeExactly "If that API may have the token, connect again with -ApiUrl '$elsewhere' (Connect-OAuthProvider)."
        "$failure $($failure.Exception)" | Should -Not -Match 'hunter2'
        (Get-Failure { Get-OAuthRequestHeader $session -Uri "$elsewhere/$profilePath" }).FullyQualifiedErrorId | Should -BeLike 'ApiOriginNotAllowed,*'
        Get-Journal | Should -BeNullOrEmpty
        $session.ApiUrls | Should -Be "$($emulator.Url)/"
    }

    It 'is possible with -ApiUrl, as an address or as a host alone' {
        $session = Connect-Blynk @{ ApiUrl = "$elsewhere/blynk", 'api.example.com' }
        (Invoke-OAuthRestMethod "$elsewhere/$profilePath").name | Should -Not -BeNullOrEmpty
        (Invoke-OAuthRestMethod "$($emulator.Url)/$profilePath").name | Should -Not -BeNullOrEmpty
        (Get-OAuthRequestHeader -Uri "$elsewhere/$profilePath")['Authorization'] | Should -BeLike 'Bearer *'
        $session.ApiUrls | Should -Be "$($emulator.Url)/", "$elsewhere/", 'https://api.example.com/'
        $session | Format-List | Out-String | Should -Match 'ApiUrls\s+: \{http://127'
    }

    It 'is refused by any name but those given, also with a redirect to them' {
        $null = Connect-Blynk @{ ApiUrl = $elsewhere }
        (Get-Failure { Invoke-OAuthRestMethod 'https://api.example.com/' }).FullyQualifiedErrorId | Should -BeLike 'ApiOriginNotAllowed,*'
        Add-Fault @{ path = "/$profilePath"; status = 302; headers = @{ Location = 'https://api.example.com/' } }
        (Get-Failure { Invoke-OAuthRestMethod "/api/v1/organization/profile" }).FullyQualifiedErrorId | Should -BeLike 'RedirectToOtherOrigin,*'
        (Get-Failure { Invoke-OAuthRestMethod 'https://api.example.com/' }).FullyQualifiedErrorId | Should -BeLike 'ApiOriginNotAllowed,*'
    }

    It 'is refused for HTTP Basic on every call too' {
        $null = Connect-Spacebring
        (Get-Failure { Invoke-OAuthRestMethod "$elsewhere/spacebring/locations/v1" }).FullyQualifiedErrorId | Should -BeLike 'ApiOriginNotAllowed,*'
    }

    It 'cannot be made possible with an address that is none: <Url>' -ForEach @(
        @{ Url = 'http://api.example.com'; Id = 'InsecureUrl' }
        @{ Url = 'https://user:hunter2@api.example.com'; Id = 'InvalidUrl' }
        @{ Url = '/v1'; Id = 'InvalidUrl' }
    ) {
        $failure = Get-Failure { Connect-Blynk @{ ApiUrl = $Url } }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$failure $($failure.Exception)" | Should -Not -Match 'hunter2'
        Get-Journal | Should -BeNullOrEmpty
    }
}
