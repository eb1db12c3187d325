#requires -Version 7.4
<#
.SYNOPSIS
    The one door: builds, tests, analyzes, measures and shows OAuthPS.
.EXAMPLE
    ./build.ps1
    Builds the module, ready to import from artifacts/module/OAuthPS.
.EXAMPLE
    ./build.ps1 -Task Test
#>
[CmdletBinding()]
param (
    [ValidateSet('Build', 'Test', 'Analyze', 'Benchmark', 'Tour')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)
$ErrorActionPreference = 'Stop'

function Invoke-Dotnet {
    dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) failed."
    }
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
    }
}
finally {
    Pop-Location
}
