BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'Get-OAuthProvider' {
    BeforeEach { Reset-Emulator }

    It 'lists the four documented providers by name' {
        (Get-OAuthProvider).Name | Should -Be 'Blynk', 'JetBrainsSpace', 'Spacebring', 'SpatiaFi'
    }

    It 'finds a provider whatever the case of its name' {
        (Get-OAuthProvider spatiafi).Name | Should -BeExactly 'SpatiaFi'
    }

    It 'takes wildcards, and gives nothing for one that matches nothing' {
        (Get-OAuthProvider Spa*).Name | Should -Be 'Spacebring', 'SpatiaFi'
        Get-OAuthProvider Nobody* | Should -BeNullOrEmpty
    }

    It 'takes names from the pipeline, and providers themselves' {
        ('Blynk', 'SpatiaFi' | Get-OAuthProvider).Name | Should -Be 'Blynk', 'SpatiaFi'
        (Get-OAuthProvider Blynk | Get-OAuthProvider).Name | Should -Be 'Blynk'
        ([pscustomobject]@{ Name = 'Blynk' } | Get-OAuthProvider).Name | Should -Be 'Blynk'
    }

    It 'names the known providers when asked for an unknown one, and goes on with the next' {
        $found = Get-OAuthProvider Nobody, Blynk -ErrorAction SilentlyContinue -ErrorVariable failure
        $found.Name | Should -Be 'Blynk'
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'UnknownProvider,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure[0].Exception.Message | Should -BeLike "*'Nobody'*Blynk, JetBrainsSpace, Spacebring, SpatiaFi*"
    }

    It 'says which parameters each flow needs' {
        (Get-OAuthProvider Blynk).Needs | Should -Be 'ClientCredentials (-ClientCredential)', 'RefreshToken (-RefreshToken and -ClientCredential)'
    }

    It 'shows in a table where a provider is, or that its address is the customer''s own' {
        $text = Get-OAuthProvider | Out-String -Width 200
        $text | Should -Match 'Spacebring\s+https://api\.spacebring\.com/'
        $text | Should -Match 'Blynk\s+your own: https://fra1\.blynk\.cloud'
    }

    It 'shows in a list the quirks, each with its documentation' {
        Get-OAuthProvider Spacebring | Format-List | Out-String -Width 300 | Should -Match 'keeps?|kept.*https://www\.spacebring\.com'
    }

    It 'shows in a list what can be done, what it needs, a command for each flow, and where to read on' {
        $text = Get-OAuthProvider Spacebring | Format-List | Out-String -Width 400
        $text | Should -Match 'Basic \(-ClientCredential\)'
        $text | Should -Match 'Connect-OAuthProvider Spacebring -Flow AuthorizationCode -ClientCredential \(Get-Credential.*-Header @{ ''spacebring-network-id'''
        $text | Should -Match 'Documentation\s+: https://www\.spacebring\.com'
    }

    It 'has lists that PowerShell can index' {
        foreach ($provider in Get-OAuthProvider) {
            $provider.Flows[0] | Should -BeOfType OAuthPS.Flows.Providers.OAuthFlow
            foreach ($property in $provider.PSObject.Properties | Where-Object { $_.Value -is [System.Collections.IList] -and $_.Value.Count -gt 1 }) {
                @($provider.($property.Name)[0]).Count | Should -Be 1 -Because $property.Name
            }
        }
    }

    It 'offers the flows of README''s table, and no other' {
        $lines = (Get-Content (Join-Path $PSScriptRoot ../../README.md)) -match '^\| ' | ForEach-Object { , ($_.Trim('|') -split '\|').Trim() }
        $head = @($lines | Where-Object { $_[1] -eq 'Client credentials' })[0]
        foreach ($provider in Get-OAuthProvider) {
            $row = @($lines | Where-Object { $_[0] -eq $provider.DisplayName })[0]
            $told = for ($i = 1; $i -lt $head.Count; $i++) { if ($row[$i]) { $head[$i] -replace ' ' } }
            $told | Sort-Object | Should -Be ($provider.Flows | ForEach-Object ToString | Sort-Object) -Because $provider.Name
        }
    }
}
