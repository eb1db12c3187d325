BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'The credential that SpatiaFi''s own client keeps' {
    BeforeAll {
        $variables = 'SPATIAFI_CLIENT_ID', 'SPATIAFI_CLIENT_SECRET', 'XDG_CONFIG_HOME', 'APPDATA'
        $before = @{}
        foreach ($name in $variables) { $before[$name] = [Environment]::GetEnvironmentVariable($name) }
        $id = $account.SpatiaFiClient.UserName
        $secret = $account.SpatiaFiClient.GetNetworkCredential().Password
        $at = @{ ServiceUrl = $emulator.SpatiaFi }
    }

    BeforeEach {
        Reset-Emulator
        $configuration = Join-Path $TestDrive ([guid]::NewGuid())
        $file = Join-Path $configuration spatiafi app_credentials.json
        $null = New-Item -ItemType Directory (Split-Path $file)
        $env:SPATIAFI_CLIENT_ID = $env:SPATIAFI_CLIENT_SECRET = $null
        $env:XDG_CONFIG_HOME = $env:APPDATA = $configuration
        function Set-VendorFile([string] $Text) { Set-Content -LiteralPath $file -Value $Text }
    }

    AfterEach { foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $before[$name]) } }

    It 'connects from the environment at SpatiaFi''s own address when nothing else is given' {
        $env:SPATIAFI_CLIENT_ID, $env:SPATIAFI_CLIENT_SECRET = $id, $secret
        foreach ($own in @{}, @{ ServiceUrl = 'https://auth.spatiafi.com' }, @{ ServiceUrl = 'AUTH.spatiafi.com:443/' }) {
            # Nothing is sent; without a credential it is an error, as the next test has it.
            { Connect-OAuthProvider SpatiaFi @own -WhatIf } | Should -Not -Throw
        }
    }

    It 'goes to no other address unless it is asked for' {
        $env:SPATIAFI_CLIENT_ID, $env:SPATIAFI_CLIENT_SECRET = $id, $secret
        Set-VendorFile (@{ client_id = $id; client_secret = $secret } | ConvertTo-Json)
        foreach ($with in @{}, @{ Flow = 'ClientCredentials' }, @{ WhatIf = $true }) {
            $failure = Get-Failure { Connect-OAuthProvider SpatiaFi @at @with }
            $failure.FullyQualifiedErrorId | Should -BeLike 'MissingParameter,*'
        }

        (Get-Failure { Connect-OAuthProvider SpatiaFi @at }).ErrorDetails.RecommendedAction | Should -BeLike '*-UseVendorCredential*'
        Get-Journal | Should -BeNullOrEmpty
        (Connect-OAuthProvider SpatiaFi @at -UseVendorCredential).Flow | Should -Be 'ClientCredentials'
        (Get-JournalLine).Count | Should -Be 1
    }

    It 'connects from the file, and says so without the secret' -Skip:$IsMacOS -Tag ($IsMacOS ? 'On macOS the folder follows from the home folder alone.' : '') {
        Set-VendorFile (@{ user_id = 'u'; client_id = $id; client_secret = $secret } | ConvertTo-Json)
        $said = Connect-OAuthProvider SpatiaFi @at -UseVendorCredential -Verbose 4>&1 | Out-String
        $said | Should -BeLike "*$file*"
        $said | Should -Not -BeLike "*$secret*"
        (Update-OAuthToken).TokenType | Should -Be 'Bearer'
    }

    It 'can be asked for, and is an error where there is none' {
        (Get-Failure { Connect-OAuthProvider SpatiaFi @at -UseVendorCredential }).FullyQualifiedErrorId | Should -BeLike 'VendorCredentialNotFound,*'
        $env:SPATIAFI_CLIENT_ID, $env:SPATIAFI_CLIENT_SECRET = $id, $secret
        (Connect-OAuthProvider SpatiaFi @at -UseVendorCredential).Flow | Should -Be 'ClientCredentials'
    }

    It 'can be refused' {
        $env:SPATIAFI_CLIENT_ID, $env:SPATIAFI_CLIENT_SECRET = $id, $secret
        (Get-Failure { Connect-OAuthProvider SpatiaFi @at -UseVendorCredential:$false }).FullyQualifiedErrorId | Should -BeLike 'MissingParameter,*'
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'is not used beside a credential that is given' {
        $env:SPATIAFI_CLIENT_ID, $env:SPATIAFI_CLIENT_SECRET = 'wrong', 'wrong'
        (Connect-SpatiaFi).Flow | Should -Be 'ClientCredentials'
        (Connect-SpatiaFiUser).Flow | Should -Be 'Basic'
        (Get-Failure { Connect-OAuthProvider SpatiaFi @at -UseVendorCredential -ClientId x }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
    }

    It 'is an error with the name of the file where that is damaged' -Skip:$IsMacOS -Tag ($IsMacOS ? 'On macOS the folder follows from the home folder alone.' : '') {
        Set-VendorFile "{`"client_secret`":`"$secret`""
        $failure = Get-Failure { Connect-OAuthProvider SpatiaFi @at -UseVendorCredential }
        $failure.FullyQualifiedErrorId | Should -BeLike 'VendorCredentialInvalid,*'
        $failure.Exception.Message | Should -BeLike "*$file*"
        $failure.Exception.Message | Should -Not -BeLike "*$secret*"
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'is not looked for by another provider' {
        $env:SPATIAFI_CLIENT_ID, $env:SPATIAFI_CLIENT_SECRET = $id, $secret
        (Get-Failure { Connect-OAuthProvider Blynk -ServiceUrl $emulator.Blynk }).FullyQualifiedErrorId | Should -BeLike 'MissingParameter,*'
        (Get-Failure { Connect-OAuthProvider Blynk -ServiceUrl $emulator.Blynk -UseVendorCredential }).FullyQualifiedErrorId | Should -BeLike 'VendorCredentialNotSupported,*'
    }
}
