<#
.SYNOPSIS
Runs the acceptance suite in this PowerShell, and says how many passed, failed and were skipped.

.DESCRIPTION
Needs PowerShell 7.4 or later with Pester 5, and a build of the module and of the emulator; see Emulator.psm1 for where they
are looked for. Ends with the exit code 1 when a test failed, and 2 when nothing was run.

.EXAMPLE
pwsh -NoProfile -File tests/Acceptance/Invoke-Acceptance.ps1 -Path Get-OAuthToken.Tests.ps1
#>
[CmdletBinding()]
param(
    # Which files; all of them when left out.
    [string[]] $Path = '*.Tests.ps1',

    # Where the line with the counts goes besides the output.
    [string] $CountsPath
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'

Import-Module Pester -MinimumVersion 5.0 -MaximumVersion 5.99

$configuration = New-PesterConfiguration
$configuration.Run.Path = @($Path | ForEach-Object { (Resolve-Path (Join-Path $PSScriptRoot $_)).ProviderPath })
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$configuration.Output.RenderMode = 'Plaintext'
$result = Invoke-Pester -Configuration $configuration

# A test that a failed set-up kept from running has nothing of its own to say.
$failures = @($result.FailedContainers) + @($result.FailedBlocks) + @($result.Failed) | Where-Object { $_.ErrorRecord }
foreach ($failure in $failures) {
    "FAILED $($failure.ExpandedPath ?? $failure.Item)"
    foreach ($record in $failure.ErrorRecord) {
        "    $($record.Exception.Message -replace '\r?\n', "`n    ")"
        ($record.ScriptStackTrace -split '\r?\n' | Where-Object { $_ -notmatch 'Pester\.psm?1|Invoke-Acceptance' } | Select-Object -First 3) -replace '^', '      '
    }
}

# A block or a file that could not be set up is a failure too, though Pester counts tests only.
$failed = [Math]::Max($result.FailedCount, @($failures).Count)
$counts = "Pester: $($result.PassedCount) passed, $failed failed, $($result.SkippedCount + $result.InconclusiveCount + $result.NotRunCount) skipped"
$counts
if ($CountsPath) {
    $null = New-Item -ItemType Directory -Force -Path (Split-Path $CountsPath)
    Set-Content -LiteralPath $CountsPath -Value $counts
}

"Took $([int] $result.Duration.TotalSeconds) s; the slowest: " +
    (($result.Tests | Sort-Object Duration -Descending | Select-Object -First 5 | ForEach-Object { "$([int] $_.Duration.TotalMilliseconds) ms $($_.ExpandedName)" }) -join '; ')
exit ($failed -gt 0 ? 1 : $result.PassedCount -eq 0 ? 2 : 0)
