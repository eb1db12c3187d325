BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'Tab completion' {
    BeforeAll {
        function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }
    }

    BeforeEach { Reset-Emulator }

    It 'offers the providers' {
        Complete 'Connect-OAuthProvider ' | Should -Be 'Blynk', 'JetBrainsSpace', 'Spacebring', 'SpatiaFi'
        Complete 'Connect-OAuthProvider -Provider spa' | Should -Be 'Spacebring', 'SpatiaFi'
        Complete 'Get-OAuthProvider B' | Should -Be 'Blynk'
    }

    It 'offers the flows of the provider only, its best first' {
        Complete 'Connect-OAuthProvider Blynk -Flow ' | Should -Be 'ClientCredentials', 'RefreshToken'
        Complete 'Connect-OAuthProvider -Provider SpatiaFi -Flow ' | Should -Be 'ClientCredentials', 'Basic', 'Password'
        Complete 'Connect-OAuthProvider -Provider "SpatiaFi" -Flow P' | Should -Be 'Password'
        Complete 'Connect-OAuthProvider -Flow De' | Should -Be 'DeviceCode'
    }

    It 'says what each flow needs' {
        $line = 'Connect-OAuthProvider Blynk -Flow R'
        (TabExpansion2 $line $line.Length).CompletionMatches[0].ToolTip | Should -Be 'RefreshToken (-RefreshToken and -ClientCredential)'
    }

    It 'offers the client authentications of the provider only' {
        Complete 'Connect-OAuthProvider Blynk -ClientAuthentication ' | Should -Be 'Basic', 'Query'
        Complete 'Connect-OAuthProvider SpatiaFi -ClientAuthentication ' | Should -Be 'SecretJwt', 'Basic', 'Post'
    }

    It 'offers the sessions, those with a blank in quotes' {
        $null = Connect-Blynk @{ Name = 'north' }
        $null = Connect-Blynk @{ Name = "the farmer's" }
        foreach ($command in 'Get-OAuthSession', 'Get-OAuthToken', 'Update-OAuthToken', 'Revoke-OAuthToken', 'Disconnect-OAuthProvider', 'Get-OAuthRequestHeader', 'Invoke-OAuthRestMethod /x -Session') {
            Complete "$command " | Should -Be 'north', "'the farmer''s'"
        }

        Complete "Get-OAuthToken 'the" | Should -Be "'the farmer''s'"
    }
}
