BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    # Whatever a cmdlet says it returns, but for types of others, and the hashtable for -Headers, whose view is that of a hashtable.
    $types = @((Get-Command -Module OAuthPS).OutputType.Name | Where-Object { $_ -like 'OAuthPS.*' -and $_ -ne 'OAuthPS.Views.OAuthRequestHeader' } | Sort-Object -Unique)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $rendering = $PSStyle.OutputRendering
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    Stop-Emulator
}

Describe 'The views of <_>' -ForEach $types {
    It 'are a table and a list' {
        $type = $_
        # A type that has none of its own is shown as the one it is made of.
        $controls = for ($one = $type -as [type]; $one -and $one -ne [object]; $one = $one.BaseType) { (Get-FormatData $one.FullName).FormatViewDefinition.Control }
        $controls | Where-Object { $_ -is [System.Management.Automation.TableControl] } | Should -Not -BeNullOrEmpty
        $controls | Where-Object { $_ -is [System.Management.Automation.ListControl] } | Should -Not -BeNullOrEmpty
    }
}

Describe 'The views' {
    BeforeEach {
        Reset-Emulator
        $PSStyle.OutputRendering = 'PlainText'
    }

    It 'show a session with the time left in words' {
        $null = Connect-Blynk
        $table = Get-OAuthSession | Format-Table | Out-String -Width 150
        $table | Should -Match 'Name\s+Provider\s+Flow\s+Expires in\s+CanRefresh\s+Scope'
        $table | Should -Match 'Blynk\s+Blynk\s+ClientCredentials\s+\d+ (min|h)\s+True'
        $list = Get-OAuthSession | Format-List | Out-String -Width 150
        $list | Should -Match '(?m)^ServiceUrl\s+: http://127\.0\.0\.1:\d+/blynk'
        $list | Should -Match '(?m)^Expires in\s+: \d+ (min|h)\s*$'
    }

    It 'show a token''s list without the token' {
        $null = Connect-Blynk
        $list = Get-OAuthToken | Format-List | Out-String -Width 150
        $list | Should -Match '(?m)^AccessToken\s+: \(SecureString;'
        $list | Should -Not -Match ([regex]::Escape((Get-OAuthToken -AsPlainText)))
    }

    It 'say of a new App Credential that its secret is given this once' {
        $new = New-SpatiaFiAppCredential -Credential (Get-Account).SpatiaFiUser -ServiceUrl $emulator.SpatiaFi
        $new | Format-List | Out-String -Width 150 | Should -Match '(?m)^ClientCredential\s+: \(PSCredential; its secret is given this once\)'
        Get-SpatiaFiAppCredential -Credential (Get-Account).SpatiaFiUser -ServiceUrl $emulator.SpatiaFi | Format-List | Out-String | Should -Not -Match 'ClientCredential'
    }

    It 'show an expired session in the colour of errors, in a host that has colours' {
        Set-Emulator @{ tokenLifetimeSeconds = 0 }
        $null = Connect-Blynk
        $PSStyle.OutputRendering = 'Ansi'
        foreach ($view in (Get-OAuthSession | Format-Table | Out-String), (Get-OAuthSession | Format-List | Out-String)) {
            $view | Should -Match "$([regex]::Escape($PSStyle.Formatting.Error))expired \d+ s ago$([regex]::Escape($PSStyle.Reset))"
        }
    }

    It 'have no colour in plain text' {
        Set-Emulator @{ tokenLifetimeSeconds = 0 }
        $null = Connect-Blynk
        (Get-OAuthSession | Format-Table | Out-String) + (Get-OAuthSession | Format-List | Out-String) | Should -Not -Match "`e"
    }

    It 'have no colour where the output of the process is redirected' {
        Set-Emulator @{ tokenLifetimeSeconds = 0 }
        $script = "Import-Module '$(Join-Path $PSScriptRoot Emulator.psm1)'; Import-Module '$(Get-ModulePath)'; & (Get-Module Emulator) { `$script:Emulator = @{ Blynk = '$($emulator.Blynk)' } }; Connect-Blynk; Get-OAuthSession | Format-List; Get-OAuthToken -WarningAction SilentlyContinue"
        $output = Invoke-PowerShell -NoProfile -NonInteractive -Command $script | Out-String
        # PowerShell's own headers have colours there all the same, unless NO_COLOR says no.
        $output | Should -Match '(?m) expired \d+ s ago True'
        $output | Should -Match '(?m)expired \d+ s ago\s*$'
        $output | Should -Not -Match ([regex]::Escape($PSStyle.Formatting.Error))
    }
}
