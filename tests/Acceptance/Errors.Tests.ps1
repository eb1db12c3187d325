BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'An error' {
    BeforeEach {
        Reset-Emulator
        $wrong = @{ Provider = 'Blynk'; ServiceUrl = $emulator.Blynk; ClientCredential = New-Credential nobody not-the-secret }
    }

    It 'that ends a command is caught without -ErrorAction Stop' {
        $reached = $false
        $id = try { Connect-OAuthProvider @wrong; $reached = $true } catch { $_.FullyQualifiedErrorId }
        $id | Should -Be 'InvalidClient,OAuthPS.Commands.ConnectOAuthProviderCommand'
        $reached | Should -BeFalse
    }

    It 'is in -ErrorVariable, also when nothing is shown of it' {
        $shown = & { $ErrorActionPreference = 'Continue'; Get-OAuthSession nobody -ErrorAction SilentlyContinue -ErrorVariable script:failure } 2>&1
        $shown | Should -BeNullOrEmpty
        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -Be 'SessionNotFound,OAuthPS.Commands.GetOAuthSessionCommand'
        $failure[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure[0].TargetObject | Should -Be 'nobody'
    }

    It 'of one of many is reported, and the others get their turn' {
        $null = Connect-Blynk
        $found = Get-OAuthSession nobody, Blynk, nothing -ErrorAction SilentlyContinue -ErrorVariable failure
        $found.Name | Should -Be 'Blynk'
        $failure.TargetObject | Should -Be 'nobody', 'nothing'
    }

    It 'of one of many ends the command with -ErrorAction Stop, and is caught by its type' {
        $null = Connect-Blynk
        $seen = @()
        $caught = try { Get-OAuthProvider Nobody, Blynk -ErrorAction Stop | ForEach-Object { $seen += $_ } } catch [OAuthPS.Flows.OAuthUsageException] { $_.Exception.ErrorId }
        $caught | Should -Be 'UnknownProvider'
        $seen | Should -BeNullOrEmpty
    }

    It 'of the provider has its words, its code and its status, under the type that docs/errors.md names' {
        $exception = try { Connect-OAuthProvider @wrong } catch [OAuthPS.Flows.OAuthServerException] { $_.Exception }
        $exception.StatusCode, $exception.Error, $exception.ErrorDescription | Should -Be 401, 'invalid_client', 'Client ID is not found or password is wrong.'
        $exception | Should -BeOfType OAuthPS.Flows.OAuthException
    }

    It 'that asks for patience says for how long' {
        Add-Fault @{ path = '/blynk/oauth2/token'; status = 429; headers = @{ 'Retry-After' = '120' } }
        $exception = try { Connect-Blynk } catch [OAuthPS.Flows.OAuthServerException] { $_.Exception }
        $exception.RetryAfter | Should -Be ([timespan]::FromMinutes(2))
        $exception.ErrorId | Should -Be 'TooManyRequests'
    }

    It 'of something that is not there is the type PowerShell''s own cmdlets use' {
        $caught = try { Get-OAuthToken nobody } catch [System.Management.Automation.ItemNotFoundException] { $_.FullyQualifiedErrorId }
        $caught | Should -Be 'SessionNotFound,OAuthPS.Commands.GetOAuthTokenCommand'
    }

    It 'shows what happened and what to do, each once' {
        $record = Get-Failure { Connect-OAuthProvider @wrong }
        $record.ErrorDetails.RecommendedAction | Should -BeLike 'Check the client id and its secret, key or certificate*'
        $text = $record | Out-String -Width 400
        [regex]::Matches($text, 'password is wrong').Count | Should -Be 1
        $record.Exception.Message | Should -Be "$($record.ErrorDetails.Message) $($record.ErrorDetails.RecommendedAction)"
    }

    It 'lets a script go on with the next line, and with $ErrorActionPreference = Stop ends it with the exit code 1' {
        $module = Get-ModulePath
        $script = "Import-Module '$module'; Get-OAuthToken; 'went on'; `$ErrorActionPreference = 'Stop'; Get-OAuthToken; 'reached'"
        $output = Invoke-PowerShell -NoProfile -NonInteractive -Command $script 2>$null
        $LASTEXITCODE | Should -Be 1
        $output | Should -Be 'went on'
    }
}
