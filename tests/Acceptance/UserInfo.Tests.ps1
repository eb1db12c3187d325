BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $url = "$($emulator.Url)/acme"

    function ConvertTo-Part([string] $Json) { [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($Json)).TrimEnd('=').Replace('+', '-').Replace('/', '_') }
    $ofAda = "$(ConvertTo-Part '{"alg":"RS256"}').$(ConvertTo-Part '{"sub":"ada"}').c2ln"

    function Add-TokenAnswer([string] $IdToken, [int] $Times) {
        Add-Fault @{ path = '/acme/token'; times = $Times; status = 200; contentType = 'application/json'; body = ConvertTo-Json @{ access_token = 'emulated_at'; token_type = 'Bearer'; expires_in = 3600; id_token = $IdToken } }
    }

    # What the server answers: a token with an ID token beside it, and what it says of the person. It ends the sessions there are.
    function Set-Person([string] $Claims, [string] $IdToken = $ofAda) {
        Reset-Emulator
        Add-TokenAnswer $IdToken 0
        Add-Fault @{ path = '/acme/me'; times = 0; status = 200; contentType = 'application/json'; body = $Claims }
    }

    function Connect-Acme([string] $Name = 'me') {
        Connect-OAuthProvider Acme -Name $Name -ClientId app -RefreshToken (ConvertTo-Secret 'emulated_rt')
    }

    $null = Register-OAuthProvider Acme -TokenEndpoint "$url/token" -UserInfoEndpoint "$url/me" -Force
}

AfterAll {
    Get-OAuthSession | Disconnect-OAuthProvider
    Unregister-OAuthProvider Acme
    Stop-Emulator
}

Describe 'Get-OAuthUserInfo' {
    BeforeEach { Get-OAuthSession | Disconnect-OAuthProvider }

    It 'gives the claims as an object' {
        Set-Person '{"sub":"ada","name":"Ada Lovelace","email_verified":true,"address":{"country":"UK"},"updated_at":1767326645}'
        $null = Connect-Acme
        $claims = Get-OAuthUserInfo
        $claims.sub, $claims.name, $claims.email_verified, $claims.address.country, $claims.updated_at | Should -Be 'ada', 'Ada Lovelace', $true, 'UK', 1767326645
    }

    It 'takes sessions from the pipeline and by name, and goes on after one that fails' {
        Reset-Emulator
        Add-TokenAnswer '' 1
        $without = Connect-Acme without
        Add-TokenAnswer $ofAda 0
        Add-Fault @{ path = '/acme/me'; times = 0; status = 200; contentType = 'application/json'; body = '{"sub":"ada"}' }
        $with = Connect-Acme with
        $seen = $without, $with | Get-OAuthUserInfo -ErrorAction SilentlyContinue -ErrorVariable failure
        $seen.sub | Should -Be 'ada'
        $failure[0].FullyQualifiedErrorId | Should -Be 'NoIdToken,OAuthPS.Commands.GetOAuthUserInfoCommand'
        $failure[0].CategoryInfo.Category | Should -Be 'InvalidOperation'
        $failure[0].Exception.Message | Should -BeLike '*has no ID token*-Scope*'
        (Get-OAuthUserInfo with).sub | Should -Be 'ada'
        ([pscustomobject]@{ Session = 'with' } | Get-OAuthUserInfo).sub | Should -Be 'ada'
    }

    It 'refuses claims about somebody else' {
        Set-Person '{"sub":"eve","name":"Ada Lovelace"}'
        $null = Connect-Acme
        $failure = Get-Failure { Get-OAuthUserInfo -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'UserInfoInvalid,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidData'
    }

    It 'says where no endpoint is known, and where there is no session' {
        (Get-Failure { Get-OAuthUserInfo }).FullyQualifiedErrorId | Should -BeLike 'SessionNotFound,*'
        $null = Connect-Blynk
        $failure = Get-Failure { Get-OAuthUserInfo -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'UserInfoNotSupported,*'
        $failure.Exception.Message | Should -BeLike '*-UserInfoEndpoint*'
    }
}

Describe 'The ID token' {
    BeforeEach {
        Get-OAuthSession | Disconnect-OAuthProvider
        Set-Person '{"sub":"ada"}'
    }

    It 'is a SecureString of the session and of its token, and shows in no view' {
        $session = Connect-Acme
        $token = Get-OAuthToken
        foreach ($secret in $session.IdToken, (Get-OAuthSession me).IdToken, $token.IdToken) {
            $secret | Should -BeOfType [securestring]
            ($secret | ConvertFrom-OAuthJwt).Claims.sub | Should -Be 'ada'
        }

        $session, $token | ForEach-Object { ($_ | Format-List * -Force | Out-String -Width 3000), ($_ | Format-List | Out-String), (ConvertTo-Json $_ -Depth 3 -WarningAction Ignore), "$_" } |
            Should -Not -Match 'c2ln'
        $token | Format-List | Out-String | Should -Match 'IdToken\s+: \(SecureString'
    }

    It 'is nothing where the server gave none' {
        Set-Person '{"sub":"ada"}' ''
        (Connect-Acme).IdToken | Should -BeNullOrEmpty
        (Get-OAuthToken).IdToken | Should -BeNullOrEmpty
        Get-OAuthToken | Format-List | Out-String | Should -Not -Match 'IdToken'
    }

    It 'is completed by Tab' {
        $null = Connect-Acme
        $line = '(Get-OAuthToken).Id'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'IdToken'
    }
}
