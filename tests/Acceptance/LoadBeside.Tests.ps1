BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    $module = Get-ModulePath
    $neighbour = Get-NeighbourPath
    $emulator = Start-Emulator
}

AfterAll { Stop-Emulator }

# Each order in a process of its own: what is loaded once stays loaded.
Describe 'Beside a module with another identity library' {
    BeforeAll {
        # Newtonsoft.Json is in PowerShell itself, so the neighbour gets that one, whatever it brought.
        $neighbourSays = 'neighbour, Microsoft.IdentityModel.JsonWebTokens 6.8.0.0, Microsoft.IdentityModel.Tokens 6.8.0.0, Newtonsoft.Json *'

        $steps = @'
param($module, $neighbour, $at)
$ErrorActionPreference = 'Stop'
$appCredential = [pscredential]::new('5d3a1c9e-7f0b-4f7e-8a51-2d9c6f0e1b42', (ConvertTo-SecureString s3cr3t-short -AsPlainText))
function LoadNeighbourByAddType { Add-Type -Path $neighbour }
function LoadNeighbourByLoadFrom { $null = [Reflection.Assembly]::LoadFrom($neighbour) }
function LoadIdentityLibrary { Get-ChildItem (Split-Path $neighbour) -Filter Microsoft.IdentityModel.*.dll | ForEach-Object { Add-Type -Path $_.FullName } }
function ImportOurs { Import-Module $module }
function UseNeighbour { "neighbour: $([OAuthPS.Neighbour.Neighbour]::SignAndVerify())" }
function UseOurs {
    $session = Connect-OAuthProvider SpatiaFi -ServiceUrl "$at/spatiafi" -ClientCredential $appCredential
    "ours: $($session.Flow) $((Update-OAuthToken).TokenType)"
}
function ListContexts {
    foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
        foreach ($assembly in $context.Assemblies | Where-Object { $_.GetName().Name -eq 'Microsoft.IdentityModel.JsonWebTokens' }) {
            "in $($context.Name): $($assembly.GetName().Version)"
        }
    }
}

'@

        function Invoke-InOrder([string[]] $Step) {
            $script = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
            Set-Content -LiteralPath $script -Value ($steps + ($Step -join "`n"))
            $output = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File $script $module $neighbour $emulator.Url 2>&1
            if ($LASTEXITCODE) { throw "$output" }
            $output
        }
    }

    It 'both work when the neighbour was first, loaded by <_>' -ForEach LoadNeighbourByAddType, LoadNeighbourByLoadFrom {
        $said = Invoke-InOrder $_, UseNeighbour, ImportOurs, UseOurs, UseNeighbour, UseOurs, ListContexts
        $said[0] | Should -BeLike "neighbour: $neighbourSays"
        $said[1] | Should -Be 'ours: ClientCredentials Bearer'
        $said[2] | Should -Be $said[0]
        $said[3] | Should -Be $said[1]
        $said[4..9] | Sort-Object | Should -Be 'in Default: 6.8.0.0', 'in OAuthPS: 5.7.2.0'
    }

    It 'both work when ours was first, the neighbour loaded by <_>' -ForEach LoadNeighbourByAddType, LoadNeighbourByLoadFrom {
        $said = Invoke-InOrder ImportOurs, UseOurs, $_, UseNeighbour, UseOurs, UseNeighbour, ListContexts
        $said[0] | Should -Be 'ours: ClientCredentials Bearer'
        $said[1] | Should -BeLike "neighbour: $neighbourSays"
        $said[2] | Should -Be $said[0]
        $said[3] | Should -Be $said[1]
        $said[4..9] | Sort-Object | Should -Be 'in Default: 6.8.0.0', 'in OAuthPS: 5.7.2.0'
    }

    It 'both work when every file of the other library was loaded by hand before the import' {
        $said = Invoke-InOrder LoadIdentityLibrary, ImportOurs, UseOurs, LoadNeighbourByAddType, UseNeighbour, UseOurs
        $said[0] | Should -Be 'ours: ClientCredentials Bearer'
        $said[1] | Should -BeLike "neighbour: $neighbourSays"
        $said[2] | Should -Be $said[0]
    }

    It 'both work when the other library comes between the import and the first JWT' {
        $said = Invoke-InOrder ImportOurs, LoadNeighbourByLoadFrom, UseNeighbour, UseOurs, UseNeighbour
        $said[0] | Should -BeLike "neighbour: $neighbourSays"
        $said[1] | Should -Be 'ours: ClientCredentials Bearer'
        $said[2] | Should -Be $said[0]
    }

    It 'the neighbour goes on after ours was removed, and ours works when imported again' {
        $said = Invoke-InOrder ImportOurs, LoadNeighbourByAddType, UseOurs, UseNeighbour, 'Remove-Module OAuthPS', UseNeighbour, ImportOurs, UseOurs
        $said[0] | Should -Be 'ours: ClientCredentials Bearer'
        $said[2] | Should -Be $said[1]
        $said[3] | Should -Be $said[0]
    }
}
