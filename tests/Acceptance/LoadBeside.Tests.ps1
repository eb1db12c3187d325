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
    "ours: $($session.Flow) $((Update-OAuthToken).TokenType) $(Verify)"
}

# All that knows JWTs goes through these two types, whose assembly no name in a script can reach: it has a context to itself.
function UseEveryAlgorithmOfOurs {
    $library = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyName([System.Reflection.AssemblyName]::new('OAuthPS.Jwt'))
    $signer, $verifier = 'Signer', 'Verifier' | ForEach-Object { $library.GetType("OAuthPS.Jwt.Jwt$_") }
    function Base64Url([byte[]] $Bytes) { [Convert]::ToBase64String($Bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_') }
    $signed = foreach ($algorithm in 'RS256', 'PS384', 'ES256', 'ES512') {
        if ($algorithm[0] -eq 'E') {
            $key = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve]::CreateFromFriendlyName($algorithm -eq 'ES256' ? 'nistP256' : 'nistP521'))
            $point = $key.ExportParameters($false)
            $public = @{ kty = 'EC'; crv = $algorithm -eq 'ES256' ? 'P-256' : 'P-521'; x = (Base64Url $point.Q.X); y = (Base64Url $point.Q.Y) }
        }
        else {
            $key = [System.Security.Cryptography.RSA]::Create(2048)
            $numbers = $key.ExportParameters($false)
            $public = @{ kty = 'RSA'; n = (Base64Url $numbers.Modulus); e = (Base64Url $numbers.Exponent) }
        }
        $jwt = $signer::Sign('{"sub":"ada"}', $key, 'k', $algorithm)
        $other = $signer::Sign('{"sub":"eve"}', $key, 'k', $algorithm)
        $forged = "$($other.Substring(0, $other.LastIndexOf('.')))$($jwt.Substring($jwt.LastIndexOf('.')))"
        $good, $bad = $jwt, $forged | ForEach-Object { $verifier::IsSignedWith($_, (ConvertTo-Json $public), $algorithm) }
        "$algorithm $good $bad"
    }
    "ours: $(@($signer::SignHs256('{}', [byte[]]::new(12)).Split('.')).Count) parts; $($signed -join ', ')"
}
function ListContexts {
    foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
        foreach ($assembly in $context.Assemblies | Where-Object { $_.GetName().Name -like 'Microsoft.IdentityModel.*' }) {
            "in $($context.Name): $($assembly.GetName().Name.Substring(24)) $($assembly.GetName().Version)"
        }
    }
}

'@

        $everyAlgorithm = 'ours: 3 parts; RS256 True False, PS384 True False, ES256 True False, ES512 True False'
        $eachInItsOwn = foreach ($context in 'Default: {0} 6.8.0.0', 'OAuthPS: {0} 5.7.2.0') { foreach ($name in 'JsonWebTokens', 'Logging', 'Tokens') { "in $($context -f $name)" } }
        $steps += "function Verify { $(Get-VerificationScript) }`n"

        function Invoke-InOrder([string[]] $Step) {
            $script = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
            Set-Content -LiteralPath $script -Value ($steps + ($Step -join "`n"))
            $output = Invoke-PowerShell -NoProfile -NonInteractive -File $script $module $neighbour $emulator.Url 2>&1
            if ($LASTEXITCODE) { throw "$output" }
            $output
        }
    }

    It 'both work when the neighbour was first, loaded by <_>' -ForEach LoadNeighbourByAddType, LoadNeighbourByLoadFrom {
        $said = Invoke-InOrder $_, UseNeighbour, ImportOurs, UseOurs, UseNeighbour, UseOurs, UseEveryAlgorithmOfOurs, ListContexts
        $said[0] | Should -BeLike "neighbour: $neighbourSays"
        $said[1] | Should -Be 'ours: ClientCredentials Bearer True'
        $said[2] | Should -Be $said[0]
        $said[3] | Should -Be $said[1]
        $said[4] | Should -Be $everyAlgorithm
        $said[5..99] | Sort-Object | Should -Be $eachInItsOwn
    }

    It 'both work when ours was first, the neighbour loaded by <_>' -ForEach LoadNeighbourByAddType, LoadNeighbourByLoadFrom {
        $said = Invoke-InOrder ImportOurs, UseOurs, $_, UseNeighbour, UseOurs, UseNeighbour, UseEveryAlgorithmOfOurs, ListContexts
        $said[0] | Should -Be 'ours: ClientCredentials Bearer True'
        $said[1] | Should -BeLike "neighbour: $neighbourSays"
        $said[2] | Should -Be $said[0]
        $said[3] | Should -Be $said[1]
        $said[4] | Should -Be $everyAlgorithm
        $said[5..99] | Sort-Object | Should -Be $eachInItsOwn
    }

    It 'both work when every file of the other library was loaded by hand before the import' {
        $said = Invoke-InOrder LoadIdentityLibrary, ImportOurs, UseOurs, LoadNeighbourByAddType, UseNeighbour, UseOurs
        $said[0] | Should -Be 'ours: ClientCredentials Bearer True'
        $said[1] | Should -BeLike "neighbour: $neighbourSays"
        $said[2] | Should -Be $said[0]
    }

    It 'both work when the other library comes between the import and the first JWT' {
        $said = Invoke-InOrder ImportOurs, LoadNeighbourByLoadFrom, UseNeighbour, UseOurs, UseNeighbour
        $said[0] | Should -BeLike "neighbour: $neighbourSays"
        $said[1] | Should -Be 'ours: ClientCredentials Bearer True'
        $said[2] | Should -Be $said[0]
    }

    It 'the neighbour goes on after ours was removed, and ours works when imported again' {
        $said = Invoke-InOrder ImportOurs, LoadNeighbourByAddType, UseOurs, UseNeighbour, 'Remove-Module OAuthPS', UseNeighbour, ImportOurs, UseOurs
        $said[0] | Should -Be 'ours: ClientCredentials Bearer True'
        $said[2] | Should -Be $said[1]
        $said[3] | Should -Be $said[0]
    }
}
