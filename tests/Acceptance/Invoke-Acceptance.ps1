<#
.SYNOPSIS
Runs the acceptance suite in this PowerShell, and says how many passed, failed and were skipped.

.DESCRIPTION
Needs PowerShell 7.4 or later with Pester 5, and a build of the module and of the emulator; see Emulator.psm1 for where they
are looked for. Ends with the exit code 1 when a test failed, and 2 when nothing was run.

The suite runs in a process of its own (Suite.ps1), as loud as PowerShell can be, and all that it says is recorded. After it
Canary.Recording.ps1 looks for secrets in the record.

.EXAMPLE
pwsh -NoProfile -File tests/Acceptance/Invoke-Acceptance.ps1 -Path Get-OAuthToken.Tests.ps1
#>
[CmdletBinding()]
param(
    # Which files; all of them when left out.
    [string[]] $Path = '*.Tests.ps1',

    # Where the line with the counts goes besides the output.
    [string] $CountsPath,

    # Where the record goes, and stays. It is a temporary folder, and deleted, when left out.
    [string] $RecordPath
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'

. (Join-Path $PSScriptRoot Report.ps1)

# From another shell, -File takes a list as one text.
$files = @($Path -split ',' | ForEach-Object { (Resolve-Path (Join-Path $PSScriptRoot $_)).ProviderPath })
$record = $RecordPath ? $RecordPath : (Join-Path ([System.IO.Path]::GetTempPath()) "OAuthPS-$([guid]::NewGuid())")
$record = (New-Item -ItemType Directory -Force -Path $record).FullName
try {
    $arguments = '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot Suite.ps1), '-RecordPath', $record, '-Path'
    & (Get-Process -Id $PID).Path $arguments ($files -join ',') *> (Join-Path $record said.txt)
    $said = Join-Path $record report.json
    if (-not (Test-Path -LiteralPath $said)) { throw "The suite did not end. It said last:`n$(Get-Content -LiteralPath (Join-Path $record said.txt) -Tail 20 | Out-String)" }
    $suite = Get-Content -Raw -LiteralPath $said | ConvertFrom-Json -AsHashtable
    $check = Get-Report (Invoke-TestFile (New-PesterContainer -Path (Join-Path $PSScriptRoot Canary.Recording.ps1) -Data @{ Folder = $record; Whole = $Path -contains '*.Tests.ps1' }))
}
finally {
    if (-not $RecordPath) { Remove-Item -LiteralPath $record -Recurse -Force }
}

$suite.Lines + $check.Lines
$failed = $suite.Failed + $check.Failed
$counts = "Pester: $($suite.Passed + $check.Passed) passed, $failed failed, $($suite.Skipped + $check.Skipped) skipped"
$counts
if ($CountsPath) {
    $null = New-Item -ItemType Directory -Force -Path (Split-Path $CountsPath)
    Set-Content -LiteralPath $CountsPath -Value $counts
}

"Took $($suite.Seconds) s and $($check.Seconds) s for the record; the slowest: $($suite.Slowest -join '; ')"
exit ($failed -gt 0 ? 1 : $suite.Passed -eq 0 ? 2 : 0)
