BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    $module = Get-ModulePath
    $neighbours = Split-Path (Get-NeighbourPath)
    $emulator = Start-Emulator
}

AfterAll { Stop-Emulator }

# Each order in a process of its own: what is loaded once stays loaded.
Describe 'Beside a module with another identity library' {
    BeforeAll {
        # What the neighbour of a version says when it works, and what is loaded then: its own for it, ours for us.
        function Get-Word([string] $Version) { "neighbour: neighbour, Microsoft.IdentityModel.JsonWebTokens $Version.0, Microsoft.IdentityModel.Tokens $Version.0" }
        function Get-Context([string] $Version) {
            $since7 = @('Abstractions') * ([version]$Version -ge '7.0')
            foreach ($name in $since7 + 'JsonWebTokens', 'Logging', 'Tokens') { "in Default: $name $Version.0" }
            foreach ($name in 'Abstractions', 'Logging', 'Tokens') { "in OAuthPS: $name 8.23.0.0" }
        }

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
    $curves = @{ ES256 = 256; ES384 = 384; ES512 = 521 }
    $signed = foreach ($algorithm in 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512') {
        if ($curves[$algorithm]) {
            $key = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve]::CreateFromFriendlyName("nistP$($curves[$algorithm])"))
            $point = $key.ExportParameters($false)
            $public = @{ kty = 'EC'; crv = "P-$($curves[$algorithm])"; x = (Base64Url $point.Q.X); y = (Base64Url $point.Q.Y) }
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

        $everyAlgorithm = 'ours: 3 parts; ' + (('RS', 'PS', 'ES' | ForEach-Object { "${_}256 True False, ${_}384 True False, ${_}512 True False" }) -join ', ')
        $steps += "function Verify { $(Get-VerificationScript) }`n"

        function Invoke-InOrder([string] $Version, [string[]] $Step) {
            $neighbour = Join-Path $neighbours $Version OAuthPS.Neighbour.dll
            $script = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
            Set-Content -LiteralPath $script -Value ($steps + ($Step -join "`n"))
            $output = Invoke-PowerShell -NoProfile -NonInteractive -File $script $module $neighbour $emulator.Url 2>&1
            if ($LASTEXITCODE) { throw "$output" }
            $output
        }
    }

    It 'both work when the neighbour with <Version> was first, loaded by <Load>' -ForEach @(
        @{ Version = '5.7.2'; Load = 'LoadNeighbourByAddType' }, @{ Version = '6.8.0'; Load = 'LoadNeighbourByLoadFrom' },
        @{ Version = '7.7.3'; Load = 'LoadNeighbourByAddType' }, @{ Version = '8.16.0'; Load = 'LoadNeighbourByLoadFrom' }
    ) {
        $said = Invoke-InOrder $Version $Load, UseNeighbour, ImportOurs, UseOurs, UseNeighbour, UseOurs, UseEveryAlgorithmOfOurs, ListContexts
        $said[0] | Should -Be (Get-Word $Version)
        $said[1] | Should -Be 'ours: ClientCredentials Bearer True'
        $said[2] | Should -Be $said[0]
        $said[3] | Should -Be $said[1]
        $said[4] | Should -Be $everyAlgorithm
        $said[5..99] | Sort-Object | Should -Be (Get-Context $Version)
    }

    It 'both work when ours was first, the neighbour with <Version> loaded by <Load>' -ForEach @(
        @{ Version = '5.7.2'; Load = 'LoadNeighbourByLoadFrom' }, @{ Version = '6.8.0'; Load = 'LoadNeighbourByAddType' },
        @{ Version = '7.7.3'; Load = 'LoadNeighbourByLoadFrom' }, @{ Version = '8.16.0'; Load = 'LoadNeighbourByAddType' }
    ) {
        $said = Invoke-InOrder $Version ImportOurs, UseOurs, $Load, UseNeighbour, UseOurs, UseNeighbour, UseEveryAlgorithmOfOurs, ListContexts
        $said[0] | Should -Be 'ours: ClientCredentials Bearer True'
        $said[1] | Should -Be (Get-Word $Version)
        $said[2] | Should -Be $said[0]
        $said[3] | Should -Be $said[1]
        $said[4] | Should -Be $everyAlgorithm
        $said[5..99] | Sort-Object | Should -Be (Get-Context $Version)
    }

    It 'both work when every file of the other library was loaded by hand before the import' {
        $said = Invoke-InOrder 8.16.0 LoadIdentityLibrary, ImportOurs, UseOurs, LoadNeighbourByAddType, UseNeighbour, UseOurs
        $said[0] | Should -Be 'ours: ClientCredentials Bearer True'
        $said[1] | Should -Be (Get-Word 8.16.0)
        $said[2] | Should -Be $said[0]
    }

    It 'both work when the other library comes between the import and the first JWT' {
        $said = Invoke-InOrder 8.16.0 ImportOurs, LoadNeighbourByLoadFrom, UseNeighbour, UseOurs, UseNeighbour
        $said[0] | Should -Be (Get-Word 8.16.0)
        $said[1] | Should -Be 'ours: ClientCredentials Bearer True'
        $said[2] | Should -Be $said[0]
    }

    It 'the neighbour goes on after ours was removed, and ours works when imported again' {
        $said = Invoke-InOrder 8.16.0 ImportOurs, LoadNeighbourByAddType, UseOurs, UseNeighbour, 'Remove-Module OAuthPS', UseNeighbour, ImportOurs, UseOurs
        $said[0] | Should -Be 'ours: ClientCredentials Bearer True'
        $said[2] | Should -Be $said[1]
        $said[3] | Should -Be $said[0]
    }
}
