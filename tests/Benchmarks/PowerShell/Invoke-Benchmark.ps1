#requires -Version 7.4
# The benchmarks in a real PowerShell: each command beside its peer, in turn, in processes of their own. Called by
# build.ps1 -Task Benchmark, which builds what is measured. Gives an object for each line of the table in docs/performance.md.
[CmdletBinding()]
param (
    [string] $Module = (Join-Path $PSScriptRoot ../../../artifacts/module/OAuthPS/OAuthPS.psd1),
    [string] $EmptyModule = (Join-Path $PSScriptRoot ../../../artifacts/benchmarks/EmptyModule/EmptyModule.psd1),
    [string] $EmptyModuleWithView = (Join-Path $PSScriptRoot ../../../artifacts/benchmarks/EmptyModule/EmptyModuleWithView.psd1),
    [string] $Program = (Join-Path $PSScriptRoot ../bin/Release/net10.0/OAuthPS.Benchmarks.dll),
    [ValidateRange(10, 1000)] [int] $Runs = 21,
    [ValidateRange(200, 100000)] [int] $Samples = 250
)
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot ../../Acceptance/PowerShell.psm1)
$Module, $EmptyModule, $EmptyModuleWithView, $Program = Convert-Path -LiteralPath $Module, $EmptyModule, $EmptyModuleWithView, $Program

function Get-Median([double[]] $Value) {
    $sorted = $Value | Sort-Object
    $sorted[[int][math]::Floor($sorted.Count / 2)]
}

function Invoke-Script([string] $Name, [string[]] $Argument) {
    $output = Invoke-PowerShell -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot $Name) @Argument
    if ($LASTEXITCODE) { throw "$Name failed: $output" }
    $output
}

function Measure-Process([string] $Name, [string[]] $Argument) {
    $started = [System.Diagnostics.Stopwatch]::GetTimestamp()
    $null = Invoke-Script $Name $Argument
    [System.Diagnostics.Stopwatch]::GetElapsedTime($started).TotalMilliseconds
}

function New-Line([string] $What, [string] $Peer, [hashtable] $Sample, [string] $Unit, [string] $Goal) {
    $theirs = Get-Median $Sample[$Peer]
    $ours = Get-Median $Sample[$What]
    [pscustomobject]@{
        What = $What; Peer = $Peer; Theirs = [math]::Round($theirs, 1); Ours = [math]::Round($ours, 1); Unit = $Unit
        Ratio = [math]::Round($ours / $theirs, 2); Goal = $Goal; Samples = $Sample[$What].Count
    }
}

$start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
foreach ($argument in $Program, 'serve') { $start.ArgumentList.Add($argument) }
$start.RedirectStandardInput = $start.RedirectStandardOutput = $true
$serving = [System.Diagnostics.Process]::Start($start)
try {
    $server = $serving.StandardOutput.ReadLine()

    # One of each first: the files are then in the system's cache for all alike.
    $processes = @{ 'Import-Module OAuthPS' = @(); 'Import-Module EmptyModule' = @(); 'Import-Module EmptyModuleWithView' = @(); 'first token: OAuthPS' = @(); 'first token: OAuthPS, client_secret_jwt' = @(); 'first token: Invoke-RestMethod' = @() }
    for ($run = -1; $run -lt $Runs; $run++) {
        Write-Progress -Activity 'Processes' -Status "$run of $Runs"
        $taken = @{
            'Import-Module EmptyModule'               = [double](Invoke-Script Import.ps1 $EmptyModule)
            'Import-Module EmptyModuleWithView'       = [double](Invoke-Script Import.ps1 $EmptyModuleWithView)
            'Import-Module OAuthPS'                   = [double](Invoke-Script Import.ps1 $Module)
            'first token: Invoke-RestMethod'          = Measure-Process FirstToken.RestMethod.ps1 $server
            'first token: OAuthPS'                    = Measure-Process FirstToken.OAuthPS.ps1 $server, $Module
            'first token: OAuthPS, client_secret_jwt' = Measure-Process FirstToken.SecretJwt.ps1 $server, $Module
        }
        if ($run -ge 0) { foreach ($name in $taken.Keys) { $processes[$name] += $taken[$name] } }
    }

    Write-Progress -Activity 'Calls'
    $calls = Invoke-Script Calls.ps1 '-Module', $Module, '-Server', $server, '-Samples', $Samples | ConvertFrom-Json -AsHashtable
    $calls += Invoke-Script ApiCalls.ps1 '-Module', $Module, '-Server', $server, '-Samples', $Samples | ConvertFrom-Json -AsHashtable
    $runspaces = Invoke-Script Runspaces.ps1 '-Module', $Module, '-Server', $server | ConvertFrom-Json -AsHashtable
    Write-Progress -Activity 'Calls' -Completed

    New-Line 'Import-Module OAuthPS' 'Import-Module EmptyModule' $processes ms '≤ 1.3'
    New-Line 'Import-Module OAuthPS' 'Import-Module EmptyModuleWithView' $processes ms ''
    New-Line 'Get-OAuthToken' 'Get-Date' $calls µs '≤ 1.5'
    New-Line 'Get-OAuthToken -AsPlainText' 'Get-Date' $calls µs '≤ 1.5'
    New-Line 'Connect-OAuthProvider' 'Invoke-RestMethod' $calls µs '≤ 0.6'
    New-Line 'Connect-OAuthProvider' 'script with HttpClient' $calls µs ''
    New-Line 'small JSON: Invoke-OAuthRestMethod' 'small JSON: Invoke-RestMethod' $calls µs '≤ 0.5'
    New-Line '5 MB of JSON: Invoke-OAuthRestMethod' '5 MB of JSON: Invoke-RestMethod' $calls µs '≤ 0.5'
    New-Line '100 MB to a file: Invoke-OAuthRestMethod' '100 MB to a file: Invoke-RestMethod' $calls µs '≤ 1.1'
    New-Line '100 MB to a file: growth of the process' '30 MiB' $calls MiB '≤ 1'
    New-Line '32 runspaces: Invoke-OAuthRestMethod' '32 runspaces: Invoke-RestMethod' $runspaces µs '≤ 0.5'
    New-Line 'first token: OAuthPS' 'first token: Invoke-RestMethod' $processes ms '≤ 1'
    New-Line 'first token: OAuthPS, client_secret_jwt' 'first token: Invoke-RestMethod' $processes ms ''
    New-Line '64 runspaces: Get-OAuthToken' '64 runspaces: Get-Date' $runspaces µs ''
}
finally {
    $serving.StandardInput.Close()
    if (-not $serving.WaitForExit(5000)) { $serving.Kill($true) }
}
