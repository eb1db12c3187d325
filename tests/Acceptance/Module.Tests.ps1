BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'The module' {
    BeforeAll {
        $module = Get-ModulePath

        # A process of its own, where nothing of the module is loaded yet.
        function Invoke-Fresh([string] $Script, [object[]] $Argument) {
            $text = "`$ErrorActionPreference = 'Stop'; & { $Script } $(($Argument | ForEach-Object { "'" + ("$_" -replace "'", "''") + "'" }) -join ' ')"
            $output = Invoke-PowerShell -NoProfile -NonInteractive -EncodedCommand ([Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($text))) 2>&1
            if ($LASTEXITCODE) { throw "$output" }
            $output
        }

        $listLoaded = '[System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { $context = $_.Name; $_.Assemblies | ForEach-Object { "$context $($_.GetName().Name)" } } | Where-Object { $_ -match "IdentityModel|OAuthPS\.Jwt" }'
        $verify = Get-VerificationScript
        $connectBlynk = 'Connect-OAuthProvider Blynk -ServiceUrl "$at/blynk" -ClientCredential ([pscredential]::new("oa2-client-id_demo", (ConvertTo-SecureString blynk-secret -AsPlainText)))'
        $connectSpatiaFi = 'Connect-OAuthProvider SpatiaFi -ServiceUrl "$at/spatiafi" -ClientCredential ([pscredential]::new("5d3a1c9e-7f0b-4f7e-8a51-2d9c6f0e1b42", (ConvertTo-SecureString s3cr3t-short -AsPlainText)))'
    }

    It 'exports its cmdlets by name, and nothing else' {
        $exported = (Get-Module OAuthPS).ExportedCommands.Values
        $exported.CommandType | Sort-Object -Unique | Should -Be 'Cmdlet'
        $exported.Name | Sort-Object | Should -Be ((Import-PowerShellDataFile $module).CmdletsToExport | Sort-Object)
    }

    It 'has approved verbs, so that an import warns of nothing' {
        Get-Warning { Import-Module $module -Force } | Should -BeNullOrEmpty
    }

    It 'can be imported twice, removed and imported again' {
        Invoke-Fresh "param(`$module, `$at) Import-Module `$module; Import-Module `$module; `$null = $connectSpatiaFi; Remove-Module OAuthPS; Import-Module `$module -Force; (Get-OAuthSession).Name; `$null = $connectSpatiaFi; (Update-OAuthToken).TokenType" $module, $emulator.Url |
            Should -Be 'SpatiaFi', 'Bearer'
    }

    It 'can be imported by two runspaces at once' {
        Invoke-Fresh 'param($module) 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel { Import-Module $using:module; (Get-OAuthProvider).Count }' $module | Should -Be (@(4) * 8)
    }

    It 'loads no identity library by an import, nor by a flow without a JWT' {
        Invoke-Fresh "param(`$module, `$at) Import-Module `$module; `$null = $connectBlynk; `$null = Update-OAuthToken; $listLoaded" $module, $emulator.Url | Should -BeNullOrEmpty
    }

    It 'signs with a client secret without the identity library' {
        Invoke-Fresh "param(`$module, `$at) Import-Module `$module; `$null = $connectSpatiaFi; $listLoaded" $module, $emulator.Url | Should -Be 'OAuthPS OAuthPS.Jwt'
    }

    It 'loads the identity library apart from other modules, once a signature is to be verified' {
        $loaded = Invoke-Fresh "param(`$module, `$at) Import-Module `$module; `$null = $connectSpatiaFi; $verify; $listLoaded" $module, $emulator.Url
        $loaded[0] | Should -Be 'True'
        $loaded | Should -Contain 'OAuthPS Microsoft.IdentityModel.Tokens'
        $loaded | Select-Object -Skip 1 | Where-Object { $_ -notlike 'OAuthPS *' } | Should -BeNullOrEmpty
    }

    It 'lets a script catch its exceptions by type' {
        Reset-Emulator
        $caught = try {
            Connect-OAuthProvider Blynk -ServiceUrl $emulator.Blynk -ClientCredential (New-Credential wrong wrong)
        }
        catch [OAuthPS.Flows.OAuthServerException] {
            $_.Exception.Error, $_.Exception.StatusCode
        }

        $caught | Should -Be 'invalid_client', 401
    }

    It 'lets a script catch what is no answer of the server by type' {
        $caught = try { Connect-OAuthProvider Nobody } catch [OAuthPS.Flows.OAuthUsageException] { $_.Exception.ErrorId }
        $caught | Should -Be 'UnknownProvider'
        $caught = try { Connect-OAuthProvider Blynk -ServiceUrl http://127.0.0.1:1 -ClientCredential $account.BlynkClient } catch [OAuthPS.Flows.OAuthConnectionException] { $_.Exception.ErrorId }
        $caught | Should -Be 'ServerUnreachable'
    }

    It 'says what it runs on, and is refused by PowerShell''s own words where it does not' {
        $manifest = Import-PowerShellDataFile $module
        $manifest.PowerShellVersion | Should -Be '7.4'
        $manifest.CompatiblePSEditions | Should -Be 'Core'

        # The same manifest as an older PowerShell would see it: one that asks for more than there is.
        $newer = Join-Path $TestDrive OAuthPS.psd1
        (Get-Content -Raw $module) -replace "PowerShellVersion\s+= '7\.4'", "PowerShellVersion = '99.0'" | Set-Content $newer
        $message = Invoke-Fresh 'param($module) try { Import-Module $module } catch { $_.Exception.Message }' $newer
        $message | Should -Match "The version of PowerShell on this computer is '\S+'\. The module '.+' requires a minimum PowerShell version of '99\.0' to run\."
    }

    It 'has one version everywhere' {
        $version = (Import-PowerShellDataFile $module).ModuleVersion
        foreach ($assembly in Get-ChildItem (Split-Path $module) -Recurse -Filter OAuthPS*.dll) {
            [System.Diagnostics.FileVersionInfo]::GetVersionInfo($assembly.FullName).FileVersion | Should -Be "$version.0" -Because $assembly.Name
        }
    }
}
