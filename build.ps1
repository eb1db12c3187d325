#requires -Version 7.4
<#
.SYNOPSIS
    The one door: builds, tests, analyzes, documents, packs, measures and shows OAuthPS.
.DESCRIPTION
    Build      the module, ready to import from artifacts/module/OAuthPS
    Test       xunit, and the Pester suite in the PowerShell that .config/dotnet-tools.json pins
    Analyze    PSScriptAnalyzer over all scripts; a finding fails
    Docs       takes the parameters of the cmdlets into docs/en-US/*.md, and makes the MAML of it (needs Microsoft.PowerShell.PlatyPS)
    Pack       artifacts/OAuthPS.<version>.nupkg, which Install-PSResource installs (needs Microsoft.PowerShell.PSResourceGet 1.1), and
               artifacts/nuget, the libraries for .NET programs
    Picture    docs/images/session.svg, from a real session against the emulator
    Reproduce  builds the last commit twice, in two folders, and compares the modules byte for byte
    Benchmark  the cmdlets beside their peers; artifacts/benchmarks/powershell.csv
    Tour       the cmdlets, played against the emulator
    Modules    saves the modules of tests/Modules/modules.json, each checked by its hash, from the PowerShell Gallery to artifacts/modules;
               the other tasks and the tests find them there
.EXAMPLE
    ./build.ps1
    Builds the module, ready to import from artifacts/module/OAuthPS.
.EXAMPLE
    ./build.ps1 -Task Test
.EXAMPLE
    ./build.ps1 -Task Pack
    Install-PSResource then installs it from a repository that is the folder artifacts.
#>
[CmdletBinding()]
param (
    [ValidateSet('Build', 'Test', 'Analyze', 'Docs', 'Pack', 'Picture', 'Reproduce', 'Benchmark', 'Tour', 'Modules')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # Pack and Docs take the module that is there.
    [switch] $NoBuild,

    # Modules records the hashes that modules.json has not yet.
    [switch] $RecordHash
)
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot tests Acceptance PowerShell.psm1)
$saved = Join-Path $PSScriptRoot artifacts modules
if (Test-Path $saved) { $env:PSModulePath = "$saved$([IO.Path]::PathSeparator)$env:PSModulePath" }
$module = Join-Path $PSScriptRoot artifacts module OAuthPS

function Invoke-Dotnet {
    dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) failed."
    }
}

# A process of its own: this one could not build again what it has loaded.
function Invoke-Script {
    Invoke-PowerShell -NoProfile -NonInteractive -File @args
    if ($LASTEXITCODE -ne 0) {
        throw "$($args[0]) failed."
    }
}

function Build-Module {
    if ($NoBuild) { return }
    if (Test-Path $module) { Remove-Item $module -Recurse }
    Invoke-Dotnet build src/OAuthPS --configuration $Configuration
}

# The files of a module, and what is in them.
function Get-Fingerprint([string] $Folder) {
    Get-ChildItem $Folder -File -Recurse | ForEach-Object {
        '{0} {1}' -f (Get-FileHash $_.FullName).Hash, [IO.Path]::GetRelativePath($Folder, $_.FullName)
    }
}

# Two clones in folders of different names and lengths, so that a path of the machine would show.
function Compare-Build {
    $work = Join-Path ([IO.Path]::GetTempPath()) "oauthps-$([guid]::NewGuid())"
    try {
        $prints = foreach ($folder in (Join-Path $work one), (Join-Path $work another place)) {
            git clone --quiet --no-hardlinks $PSScriptRoot $folder
            if ($LASTEXITCODE -ne 0) { throw 'git clone failed.' }
            Push-Location $folder
            try { Invoke-Dotnet build src/OAuthPS --configuration $Configuration --nologo | Out-Host } finally { Pop-Location }
            , @(Get-Fingerprint (Join-Path $folder artifacts module OAuthPS))
        }
    }
    finally {
        Remove-Item $work -Recurse -Force -ErrorAction Ignore
    }

    $differences = Compare-Object $prints[0] $prints[1]
    if ($differences) {
        $differences | Out-Host
        throw 'The two builds differ.'
    }

    "Two builds of $(git rev-parse --short HEAD) gave the same $($prints[0].Count) files:"
    $prints[0]
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' {
            Invoke-Dotnet build OAuthPS.sln --configuration $Configuration
        }
        'Test' {
            Invoke-Dotnet test OAuthPS.sln --configuration $Configuration
        }
        'Analyze' {
            Import-Module PSScriptAnalyzer -ErrorAction Stop
            # The manifest is looked at where the files it names are.
            $scripts = @(@(git ls-files '*.ps1' '*.psm1' '*.psd1') -ne 'OAuthPS.psd1') + 'artifacts/module/OAuthPS/OAuthPS.psd1'
            $findings = $scripts | ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Settings PSScriptAnalyzerSettings.psd1 }
            if ($findings) {
                $findings | Format-Table -AutoSize | Out-String -Width 200 | Write-Output
                throw "PSScriptAnalyzer has $(@($findings).Count) findings."
            }
        }
        'Docs' {
            Build-Module
            Invoke-Script docs/Update-Help.ps1 -Module $module
            Invoke-Dotnet build src/OAuthPS --configuration $Configuration
        }
        'Pack' {
            Build-Module
            Get-ChildItem artifacts -Filter 'OAuthPS.*.nupkg' | Remove-Item
            Compress-PSResource -Path $module -DestinationPath artifacts
            # The assemblies of the module, as they are.
            if (Test-Path artifacts/nuget) { Remove-Item artifacts/nuget -Recurse }
            foreach ($library in 'src/OAuthPS.Jwt', 'src/OAuthPS.Flows') {
                Invoke-Dotnet pack $library --no-build --configuration $Configuration --output artifacts/nuget
            }

            Get-ChildItem artifacts -Filter 'OAuthPS.*.nupkg'
            Get-ChildItem artifacts/nuget -Filter 'OAuthPS.*nupkg'
        }
        'Picture' {
            Invoke-Dotnet build OAuthPS.sln --configuration $Configuration
            Invoke-Script docs/images/New-Picture.ps1
        }
        'Reproduce' {
            Compare-Build
        }
        'Benchmark' {
            foreach ($project in 'src/OAuthPS', 'tests/Benchmarks', 'tests/Benchmarks/EmptyModule') {
                Invoke-Dotnet build $project --configuration Release
            }

            $lines = tests/Benchmarks/PowerShell/Invoke-Benchmark.ps1
            $lines | Export-Csv artifacts/benchmarks/powershell.csv
            $lines | Format-Table -AutoSize | Out-String -Width 200 | Write-Output
        }
        'Tour' {
            Invoke-Dotnet run --project src/OAuthPS.Emulator --configuration $Configuration -- tour
        }
        'Modules' {
            tests/Modules/Save-Module.ps1 -Destination $saved -RecordHash:$RecordHash
        }
    }
}
finally {
    Pop-Location
}
