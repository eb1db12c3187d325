<#
.SYNOPSIS
Runs the acceptance suite in this PowerShell, and says how many tests passed, failed and were skipped, and why.

.DESCRIPTION
Needs PowerShell 7.4 or later and a build: `dotnet build` lays out Pester, the module and the emulator; see Report.ps1 and
Emulator.psm1 for where they are looked for. Modules that build.ps1 -Task Modules saved come before those of the machine. Ends with
the exit code 1 when a test failed, and 2 when nothing was run.

The suite runs in a process of its own (Suite.ps1), as loud as PowerShell can be, and all that it says is recorded. After it
Canary.Recording.ps1 looks for secrets in the record.

.EXAMPLE
dotnet tool run pwsh -- -NoProfile -File tests/Acceptance/Invoke-Acceptance.ps1 -Path Get-OAuthToken.Tests.ps1
#>
[CmdletBinding()]
param(
    # Which files; all of them when left out.
    [string[]] $Path = '*.Tests.ps1',

    # Where the report goes besides the output, as JSON.
    [string] $ReportPath,

    # Where the record goes, and stays. It is a temporary folder, and deleted, when left out.
    [string] $RecordPath,

    # How long one file may take. One that does not end ends the suite; what ended before it is reported.
    [int] $FileSeconds = 300
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'

. (Join-Path $PSScriptRoot Report.ps1)
Import-Module (Join-Path $PSScriptRoot PowerShell.psm1)

$saved = Join-Path $PSScriptRoot ../../artifacts/modules
if (Test-Path -LiteralPath $saved) { $env:PSModulePath = "$((Resolve-Path -LiteralPath $saved).ProviderPath)$([IO.Path]::PathSeparator)$env:PSModulePath" }

# From another shell, -File takes a list as one text.
$files = @($Path -split ',' | ForEach-Object { (Resolve-Path (Join-Path $PSScriptRoot $_)).ProviderPath })

function Invoke-Suite {
    $start = Get-PowerShellStart '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot Suite.ps1), '-RecordPath', $record, '-Path', ($files -join ',')
    $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $suite = [System.Diagnostics.Process]::Start($start)
    $said = 'said.txt', 'said-errors.txt' | ForEach-Object { [System.IO.File]::Create((Join-Path $record $_)) }
    try {
        $copies = $suite.StandardOutput.BaseStream.CopyToAsync($said[0]), $suite.StandardError.BaseStream.CopyToAsync($said[1])
        $began = [datetime]::UtcNow
        while (-not $suite.WaitForExit(1000)) {
            $last = @((Get-ChildItem -LiteralPath $record -Filter report-*.json).LastWriteTimeUtc) + $began | Sort-Object | Select-Object -Last 1
            if (([datetime]::UtcNow - $last).TotalSeconds -gt $FileSeconds) { $suite.Kill($true) }
        }

        [System.Threading.Tasks.Task]::WaitAll($copies)
    }
    finally { $said.Dispose() }
}

$record = $RecordPath ? $RecordPath : (Join-Path ([System.IO.Path]::GetTempPath()) "OAuthPS-$([guid]::NewGuid())")
$record = (New-Item -ItemType Directory -Force -Path $record).FullName
try {
    Invoke-Suite
    $reports = @(Get-ChildItem -LiteralPath $record -Filter report-*.json | Sort-Object LastWriteTimeUtc | ForEach-Object { Get-Content -Raw -LiteralPath $_.FullName | ConvertFrom-Json })
    $recording = Join-Path $PSScriptRoot Canary.Recording.ps1
    $reports += Get-Report (Invoke-TestFile (New-PesterContainer -Path $recording -Data @{ Folder = $record; Whole = $Path -contains '*.Tests.ps1' })) $recording
    $unfinished = @($files | Split-Path -Leaf | Where-Object { $_ -notin $reports.File })
    if ($unfinished) { $last = Get-Content -LiteralPath (Join-Path $record said.txt) -Tail 20 | Out-String }
}
finally {
    if (-not $RecordPath) { Remove-Item -LiteralPath $record -Recurse -Force }
}

$hostText = "PowerShell $($PSVersionTable.PSVersion), Pester $((Get-Module Pester).Version)"
if ($ReportPath) {
    $null = New-Item -ItemType Directory -Force -Path (Split-Path $ReportPath)
    ConvertTo-Json @{ Host = $hostText; Files = $reports } -Depth 4 | Set-Content -LiteralPath $ReportPath
}

$hostText
$reports | ForEach-Object { $_.Lines }
if ($unfinished) { "FAILED $($unfinished -join ', ') did not end. The last that was said:`n$last" }
$reports.Skips | Group-Object Reason | ForEach-Object { "Skipped $($_.Count): $($_.Name)" }
$passed, $failed, $skipped = foreach ($count in 'Passed', 'Failed', 'Skipped') { ($reports | Measure-Object $count -Sum).Sum }
"Pester: $passed passed, $($failed + $unfinished.Count) failed, $skipped skipped"
"Took $([int] ($reports | Measure-Object Seconds -Sum).Sum) s; the slowest: $($reports.Slowest | Sort-Object { [int] ($_ -replace ' .*') } -Descending | Select-Object -First 5 | Join-String -Separator '; ')"
exit ($failed + $unfinished.Count -gt 0 ? 1 : $passed -eq 0 ? 2 : 0)
