# Says of a run of `dotnet test` what was skipped and why, and last how many tests passed, failed and were skipped. A Pester file is an
# entry of dotnet test's report and has tests of its own: its tests are counted, its entry is not. Ends with 1 when a test failed or a
# Pester file did not run.
param(
    # Where the reports of dotnet test are, *.trx, and the one of the acceptance suite.
    [string[]] $ResultPath = (Join-Path $PSScriptRoot ../tests/*/TestResults/*.trx),

    [string] $AcceptancePath = (Join-Path $PSScriptRoot ../artifacts/acceptance.json),

    # What .ci/net8 left: the counts of the tests on .NET 8.
    [string] $Net8Path = (Join-Path $PSScriptRoot ../artifacts/net8.txt),

    # The Pester files that have to have run.
    [string] $SuitePath = (Join-Path $PSScriptRoot ../tests/Acceptance)
)
$ErrorActionPreference = 'Stop'
$entry = 'OAuthPS.Tests.AcceptanceTests.'

$results = foreach ($file in Get-ChildItem $ResultPath -ErrorAction Ignore) { ([xml] (Get-Content -Raw -LiteralPath $file.FullName)).TestRun.Results.ChildNodes }
$tests = @($results | Where-Object { -not $_.testName.StartsWith($entry) })
$files = @(if (Test-Path -LiteralPath $AcceptancePath) { (Get-Content -Raw -LiteralPath $AcceptancePath | ConvertFrom-Json).Files })
$expected = @((Get-ChildItem $SuitePath -Filter *.Tests.ps1).Name) + 'Canary.Recording.ps1'
$missing = @($expected | Where-Object { $_ -notin $files.File })

foreach ($test in $tests | Where-Object outcome -NotIn 'Passed', 'Failed') {
    "SKIPPED $($test.testName): $("$($test.Output.ErrorInfo.Message)$($test.Output.StdOut)".Trim())"
}

foreach ($file in $files) { foreach ($skip in $file.Skips) { "SKIPPED $($file.File), $($skip.Test): $($skip.Reason)" } }
foreach ($name in $missing) { "FAILED $name, which did not run to its end" }
$passed = @($tests | Where-Object outcome -EQ 'Passed').Count + ($files | Measure-Object Passed -Sum).Sum
$failed = @($tests | Where-Object outcome -EQ 'Failed').Count + ($files | Measure-Object Failed -Sum).Sum + $missing.Count
$skipped = @($tests | Where-Object outcome -NotIn 'Passed', 'Failed').Count + ($files | Measure-Object Skipped -Sum).Sum
if ((Test-Path -LiteralPath $Net8Path) -and (Get-Content -Raw -LiteralPath $Net8Path) -match '(\d+) passed, (\d+) failed, (\d+) skipped') {
    $passed += [int] $Matches[1]
    $failed += [int] $Matches[2]
    $skipped += [int] $Matches[3]
    (Get-Content -LiteralPath $Net8Path)
}

"$passed passed, $failed failed, $skipped skipped"
exit ($failed -gt 0 -or $passed -eq 0 ? 1 : 0)
