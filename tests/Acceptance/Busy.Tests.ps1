BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'A server that fails for the moment' {
    BeforeEach { Reset-Emulator }

    It 'is asked again with a new client assertion' {
        Add-Fault @{ path = '/spatiafi/api/v1/auth/jwt/token'; status = 503; times = 2 }
        $said = Connect-SpatiaFi -With @{ Verbose = $true } 4>&1 | Out-String
        Get-JournalLine | Should -Be (@('POST /spatiafi/api/v1/auth/jwt/token 503') * 2 + 'POST /spatiafi/api/v1/auth/jwt/token 200')
        $said | Should -BeLike '*answered 503; trying again in *'
        (Update-OAuthToken).TokenType | Should -Be 'Bearer'
    }

    It 'is given the time that it asks for, with a warning' {
        Add-Fault @{ path = '/space/oauth/token'; status = 429; headers = @{ 'Retry-After' = '1' } }
        $warning = Get-Warning { $script:session = Connect-Space }
        $script:session.Flow | Should -Be 'ClientCredentials'
        $warning.Message | Should -BeLike '*answered 429; trying again in 1*'
    }

    It 'is not asked again with a refresh token that can be used once' {
        $null = Connect-Blynk
        Clear-Journal
        Add-Fault @{ path = '/blynk/oauth2/token'; status = 500 }
        (Get-Failure { Update-OAuthToken }).FullyQualifiedErrorId | Should -BeLike 'ServerError,*'
        @(Get-Journal).Count | Should -Be 1
        (Update-OAuthToken).TokenType | Should -Be 'Bearer'
    }

    It 'is left at once by Ctrl+C' {
        Add-Fault @{ path = '/blynk/oauth2/token'; status = 503; headers = @{ 'Retry-After' = '30' }; times = 0 }
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $at, $client) Import-Module $module; Connect-OAuthProvider Blynk -ServiceUrl $at -ClientCredential $client -Verbose').
            AddArgument((Get-ModulePath)).AddArgument($emulator.Blynk).AddArgument($account.BlynkClient)
        $null = $shell.BeginInvoke()
        Wait-Verbose $shell 'Received 503*'
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Dispose()
    }
}
