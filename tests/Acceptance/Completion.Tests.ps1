BeforeDiscovery { $missing = $IsWindows -or $IsMacOS ? 'Only on Linux can the configuration folder be moved.' : '' }

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
        (Complete 'Connect-OAuthProvider ')[0..3] | Should -Be 'Blynk', 'JetBrainsSpace', 'Spacebring', 'SpatiaFi'
        Complete 'Connect-OAuthProvider ' | Should -Contain 'GitHub'
        Complete 'Connect-OAuthProvider -Provider spa' | Should -Be 'Spacebring', 'SpatiaFi'
        Complete 'Get-OAuthProvider Bl' | Should -Be 'Blynk'
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

    It 'offers the address of the provider, or an example of one' {
        Complete 'Connect-OAuthProvider Blynk -ServiceUrl ' | Should -Be "'https://fra1.blynk.cloud'"
        Complete 'Connect-OAuthProvider Spacebring -ServiceUrl ' | Should -Be "'https://api.spacebring.com/'"
    }

    It 'offers the APIs that sessions of the provider know' {
        $null = Connect-Blynk @{ ApiUrl = 'https://api.example.com/v1' }
        $null = Connect-SpatiaFi @{ ApiUrl = 'https://files.example.com' }
        Complete 'Connect-OAuthProvider Blynk -ApiUrl ' | Should -Be "'$($emulator.Url)/'", "'https://api.example.com/'"
        Complete 'Connect-OAuthProvider -Provider spatiafi -ApiUrl https://f' | Should -Be "'https://files.example.com/'"
    }

    It 'offers the headers that the API of the provider wants, to fill in' {
        Complete 'Connect-OAuthProvider Spacebring -Header ' | Should -Be "@{ 'spacebring-network-id' = '<the id of the network>' }"
    }

    It 'offers the sessions, those with a blank in quotes' {
        $null = Connect-Blynk @{ Name = 'north' }
        $null = Connect-Blynk @{ Name = "the farmer's" }
        foreach ($command in 'Get-OAuthSession', 'Get-OAuthToken', 'Update-OAuthToken', 'Revoke-OAuthToken', 'Disconnect-OAuthProvider', 'Get-OAuthRequestHeader', 'Get-OAuthUserInfo', 'Invoke-OAuthRestMethod /x -Session') {
            Complete "$command " | Should -Be 'north', "'the farmer''s'"
        }

        Complete "Get-OAuthToken 'the" | Should -Be "'the farmer''s'"
    }

    It 'offers the name of a vault where there is one, and nothing where SecretManagement is missing' {
        { Complete 'Save-OAuthSession -Vault ' } | Should -Not -Throw
        { Complete 'Restore-OAuthSession -Vault nowhere -Name ' } | Should -Not -Throw
    }

    It 'offers nothing, and does not fail, for a provider that there is not' {
        foreach ($parameter in 'Flow F', 'ClientAuthentication B', 'Scope s') {
            { Complete "Connect-OAuthProvider Nobody -$parameter" } | Should -Not -Throw
        }
    }
}

Describe 'Tab completion of scopes' -Skip:([bool] $missing) -Tag $missing {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot Vault.psm1) -Force
        Import-Module (Join-Path $PSScriptRoot Examples.psm1) -Force
        $folder = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "OAuthPS-$([guid]::NewGuid())")).FullName
        Reset-Emulator
        Add-Contoso $emulator
        $shell = Start-Shell -HomeFolder $folder -Module (Get-ModulePath)
        Invoke-Shell $shell "`$null = Register-OAuthProvider Contoso -Issuer $($emulator.Url)/contoso"
        $shell2 = Start-Shell -HomeFolder $folder -Module (Get-ModulePath)

        function Complete([string] $Line, $Shell = $shell) { Invoke-Shell $Shell "(TabExpansion2 '$Line' $($Line.Length)).CompletionMatches.CompletionText" }
    }

    AfterAll {
        Stop-Shell
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
    }

    It 'offers those that the server announces, from what is known already' {
        Clear-Journal
        Complete 'Connect-OAuthProvider Contoso -Scope ' | Should -Be "'Project:*'", "'Profile:ViewProfile'"
        Complete 'Connect-OAuthProvider Contoso -Scope Project:*, Pro' | Should -Be "'Project:*'", "'Profile:ViewProfile'"
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'asks the server where nothing is known yet, and asks it once' {
        Clear-Journal
        Complete 'Connect-OAuthProvider Contoso -Scope Profile' $shell2 | Should -Be "'Profile:ViewProfile'"
        Complete 'Connect-OAuthProvider Contoso -Scope Profile' $shell2 | Should -Be "'Profile:ViewProfile'"
        @(Get-Journal).Count | Should -Be 1
    }

    It 'gives up soon where the server is silent' {
        Invoke-Control Delete faults
        Add-Fault @{ path = '/contoso'; times = 0; delayMilliseconds = 60000 }
        $shell3 = Start-Shell -HomeFolder $folder -Module (Get-ModulePath)
        Invoke-Shell $shell3 "'ready'" | Should -Be ready
        $took = Measure-Command { Complete 'Connect-OAuthProvider Contoso -Scope Profile' $shell3 | Should -BeNullOrEmpty }
        $took.TotalSeconds | Should -BeLessThan 30
    }

    It 'offers none for a provider without metadata' {
        Complete 'Connect-OAuthProvider Blynk -Scope Pro' | Should -BeNullOrEmpty
    }
}
