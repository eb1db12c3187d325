# Runs test files and says in plain data what came of it. Dot-sourced by whoever runs Pester here.

Import-Module Pester -MinimumVersion 5.0 -MaximumVersion 5.99

function Invoke-TestFile([object[]] $Container) {
    $configuration = New-PesterConfiguration
    $configuration.Run.Container = $Container
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'None'
    $configuration.Output.RenderMode = 'Plaintext'
    Invoke-Pester -Configuration $configuration
}

function Get-Report($Result) {
    # A test that a failed set-up kept from running has nothing of its own to say.
    $failures = @(@($Result.FailedContainers) + @($Result.FailedBlocks) + @($Result.Failed) | Where-Object { $_.ErrorRecord })
    $lines = foreach ($failure in $failures) {
        "FAILED $($failure.ExpandedPath ?? $failure.Item)"
        foreach ($record in $failure.ErrorRecord) {
            "    $($record.Exception.Message -replace '\r?\n', "`n    ")"
            ($record.ScriptStackTrace -split '\r?\n' | Where-Object { $_ -notmatch 'Pester\.psm?1|Suite\.ps1|Report\.ps1|Invoke-Acceptance' } | Select-Object -First 3) -replace '^', '      '
        }
    }

    @{
        Passed  = $Result.PassedCount
        # A block or a file that could not be set up is a failure too, though Pester counts tests only.
        Failed  = [Math]::Max($Result.FailedCount, $failures.Count)
        Skipped = $Result.SkippedCount + $Result.InconclusiveCount + $Result.NotRunCount
        Lines   = @($lines)
        Seconds = [int] $Result.Duration.TotalSeconds
        Slowest = @($Result.Tests | Sort-Object Duration -Descending | Select-Object -First 5 | ForEach-Object { "$([int] $_.Duration.TotalMilliseconds) ms $($_.ExpandedName)" })
    }
}
