BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'SpatiaFi App Credentials' {
    BeforeEach {
        Reset-Emulator
        $at = @{ ServiceUrl = $emulator.SpatiaFi; Credential = $account.SpatiaFiUser }
        Get-SpatiaFiAppCredential @at | Where-Object ClientId -NE $account.SpatiaFiClient.UserName | Remove-SpatiaFiAppCredential @at
        Clear-Journal
    }

    It 'go from user name and password to a session in one line' {
        $session = New-SpatiaFiAppCredential -Credential $account.SpatiaFiUser -ServiceUrl $emulator.SpatiaFi | Connect-OAuthProvider SpatiaFi
        $session.Flow | Should -Be 'ClientCredentials'
        $session.ServiceUrl | Should -Be $emulator.SpatiaFi
        Get-JournalLine | Should -Be @(
            'GET /spatiafi/api/v1/auth/jwt/token/basic 200'
            'POST /spatiafi/api/v1/clients/ 200'
            'POST /spatiafi/api/v1/auth/jwt/token 200'
        )
    }

    It 'keep the user''s password for no session' {
        $null = New-SpatiaFiAppCredential @at
        Get-OAuthSession | Should -BeNullOrEmpty
    }

    It 'are made, listed and deleted in a session' {
        $null = Connect-SpatiaFiUser @{ Name = 'me' }
        $null = Connect-Blynk
        $new = New-SpatiaFiAppCredential
        $new.ClientCredential.UserName | Should -Be $new.ClientId
        (Get-SpatiaFiAppCredential).ClientId | Should -Be $account.SpatiaFiClient.UserName, $new.ClientId
        (Get-SpatiaFiAppCredential $new.ClientId).UserId | Should -Be $new.UserId
        (Get-SpatiaFiAppCredential "$($new.ClientId.Substring(0, 8))*" -Session me).ClientId | Should -Be $new.ClientId
        Remove-SpatiaFiAppCredential $new.ClientId
        (Get-SpatiaFiAppCredential).ClientId | Should -Be $account.SpatiaFiClient.UserName
    }

    It 'are deleted from the pipeline with one temporary token' {
        $new = 1..3 | ForEach-Object { New-SpatiaFiAppCredential @at }
        Clear-Journal
        $new | Remove-SpatiaFiAppCredential @at
        @(Get-JournalLine */token/basic).Count | Should -Be 1
        @(Get-Journal | Where-Object method -EQ DELETE).Count | Should -Be 3
        @(Get-SpatiaFiAppCredential @at).Count | Should -Be 1
    }

    It 'are deleted where they are, not where the provider usually is' {
        $user = @{ Credential = $account.SpatiaFiUser }
        $new = 1..2 | ForEach-Object { New-SpatiaFiAppCredential @at }
        Clear-Journal
        Get-SpatiaFiAppCredential @at | Where-Object ClientId -In $new.ClientId | Remove-SpatiaFiAppCredential @user -ErrorAction Stop
        @(Get-Journal | Where-Object method -EQ DELETE).Count | Should -Be 2
        @(Get-JournalLine */token/basic).Count | Should -Be 2 -Because 'one is for the list, one for all that is deleted'
        @(Get-SpatiaFiAppCredential @at).Count | Should -Be 1
    }

    It 'are deleted from the pipeline in the newest session when neither a session nor a credential is given' {
        $null = Connect-OAuthProvider SpatiaFi -Name me @at
        $new = New-SpatiaFiAppCredential
        Get-SpatiaFiAppCredential | Where-Object ClientId -EQ $new.ClientId | Remove-SpatiaFiAppCredential -ErrorAction Stop
        @(Get-SpatiaFiAppCredential).ClientId | Should -Not -Contain $new.ClientId
    }

    It 'are of no use once deleted, though a session of it lasts as long as its token' {
        $new = New-SpatiaFiAppCredential @at
        $null = $new | Connect-OAuthProvider SpatiaFi
        $new | Remove-SpatiaFiAppCredential @at
        (Get-OAuthToken).TokenType | Should -Be 'Bearer'
        $failure = Get-Failure { Update-OAuthToken }
        $failure.CategoryInfo.Category | Should -BeIn 'AuthenticationError', 'InvalidArgument'
        $failure.Exception.Message | Should -BeLike '*App Credential is unknown*'
        (Get-OAuthToken).TokenType | Should -Be 'Bearer'
    }

    It 'show no secret' {
        $new = New-SpatiaFiAppCredential @at
        $secret = $new.ClientCredential.GetNetworkCredential().Password
        $shown = ($new | Out-String), ($new | Format-List * -Force | Out-String), ($new | ConvertTo-Json -Depth 5), "$new"
        $shown -join "`n" | Should -Not -BeLike "*$secret*"
        $shown[0] | Should -BeLike "*$($new.ClientId)*"
    }

    It 'have their secret only when made' {
        Get-SpatiaFiAppCredential @at | Get-Member -Name ClientCredential | Should -BeNullOrEmpty
        $failure = Get-Failure { Get-SpatiaFiAppCredential @at | Connect-OAuthProvider SpatiaFi }
        $failure.FullyQualifiedErrorId | Should -BeLike 'MissingParameter,*'
    }

    It 'change nothing with -WhatIf' {
        New-SpatiaFiAppCredential @at -WhatIf | Should -BeNullOrEmpty
        Remove-SpatiaFiAppCredential $account.SpatiaFiClient.UserName @at -WhatIf
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'refuse a session and a credential together while binding' {
        (Get-Failure { New-SpatiaFiAppCredential -Session me -Credential $account.SpatiaFiUser }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
        (Get-Failure { Get-SpatiaFiAppCredential -Session me -ServiceUrl https://x.example }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
    }

    It 'say so when one is not there' {
        $id = [guid]::NewGuid().ToString()
        (Get-Failure { Get-SpatiaFiAppCredential $id @at -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AppCredentialNotFound,*'
        Get-SpatiaFiAppCredential 'zzz*' @at -ErrorAction Stop | Should -BeNullOrEmpty
        Remove-SpatiaFiAppCredential $id, 'no-guid' @at -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure.Count | Should -Be 2
        $failure[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure[0].Exception.Message | Should -BeLike '*404*Not Found*'
        $failure[1].Exception.Message | Should -BeLike '*422*path.client_id: value is not a valid uuid*'
    }

    It 'say so when the password is wrong' {
        $failure = Get-Failure { New-SpatiaFiAppCredential -Credential (New-Credential ada@example.com wrong) -ServiceUrl $emulator.SpatiaFi }
        $failure.Exception.Message | Should -BeLike '*LOGIN_BAD_CREDENTIALS*'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'need a SpatiaFi session' {
        (Get-Failure { Get-SpatiaFiAppCredential }).FullyQualifiedErrorId | Should -BeLike 'SessionNotFound,*'
        $null = Connect-Blynk
        (Get-Failure { Get-SpatiaFiAppCredential -Session Blynk }).FullyQualifiedErrorId | Should -BeLike 'AppCredentialsNotSupported,*'
    }
}
