# Runs test files and says in plain data what came of it. Dot-sourced by the two scripts that run Pester.

$pester = Join-Path $PSScriptRoot ../../artifacts/pester/Pester/Pester.psd1
if (-not (Test-Path -LiteralPath $pester)) { throw "Pester is not laid out: run 'dotnet build tests/OAuthPS.Tests' first." }
Import-Module $pester

function Invoke-TestFile([object[]] $Container) {
    $configuration = New-PesterConfiguration
    $configuration.Run.Container = $Container
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'None'
    $configuration.Output.RenderMode = 'Plaintext'
    Invoke-Pester -Configuration $configuration
}

# Why a test was skipped: by the tag beside its -Skip, or its block's, or in the words of Set-ItResult.
function Get-SkipReason($Test) {
    if ($Test.ErrorRecord) { return "$($Test.ErrorRecord[0].Exception.Message)" -replace '^is skipped, because ' }
    for ($one = $Test; $one; $one = $one -is [Pester.Test] ? $one.Block : $one.Parent) { if ("$($one.Tag)") { return "$($one.Tag)" } }
}

function Get-Report($Result, [string] $Path) {
    # A test that a failed set-up kept from running has nothing of its own to say.
    $failures = @(@($Result.FailedContainers) + @($Result.FailedBlocks) + @($Result.Failed) | Where-Object { $_.ErrorRecord })
    $lines = @(foreach ($failure in $failures) {
            "FAILED $($failure.ExpandedPath ?? $failure.Item)"
            foreach ($record in $failure.ErrorRecord) {
                "    $($record.Exception.Message -replace '\r?\n', "`n    ")"
                ($record.ScriptStackTrace -split '\r?\n' | Where-Object { $_ -notmatch 'Pester\.psm?1|Suite\.ps1|Report\.ps1|Invoke-Acceptance' } | Select-Object -First 3) -replace '^', '      '
            }
        })
    $skips = @($Result.Tests | Where-Object { $_.Result -in 'Skipped', 'Inconclusive', 'NotRun' } | ForEach-Object { @{ Test = $_.ExpandedPath; Reason = "$(Get-SkipReason $_)" } })
    $silent = @($skips | Where-Object { -not $_.Reason })
    foreach ($skip in $silent) {
        $lines += "FAILED $($skip.Test)", '    It is skipped and says no reason: give the -Skip a -Tag with it.'
        $skip.Reason = 'no reason'
    }

    [pscustomobject]@{
        File    = Split-Path $Path -Leaf
        Passed  = $Result.PassedCount
        # A block or a file that could not be set up is a failure too, though Pester counts tests only.
        Failed  = [Math]::Max($Result.FailedCount, $failures.Count) + $silent.Count
        Skipped = $skips.Count - $silent.Count
        Seconds = [Math]::Round($Result.Duration.TotalSeconds, 1)
        Lines   = $lines
        Skips   = $skips
        Slowest = @($Result.Tests | Sort-Object Duration -Descending | Select-Object -First 5 | ForEach-Object { "$([int] $_.Duration.TotalMilliseconds) ms $($_.ExpandedName)" })
    }
}
