# PowerShell processes with a home folder of their own, so that the vaults of the machine's user are neither seen nor changed.

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot PowerShell.psm1)

$script:Shells = [System.Collections.Generic.List[System.Diagnostics.Process]]::new()

# Modules of a folder that is given are found before all others.
function Start-Shell([string] $HomeFolder, [string] $Module, [string] $ModuleFolder) {
    $start = Get-PowerShellStart '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot Vault.Process.ps1), '-Module', $Module
    if ($ModuleFolder) { $start.Environment['PSModulePath'] = $ModuleFolder + [IO.Path]::PathSeparator + $env:PSModulePath }
    foreach ($name in 'HOME', 'USERPROFILE', 'LOCALAPPDATA', 'APPDATA') { $start.Environment[$name] = $HomeFolder }
    foreach ($name in 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME') { $null = $start.Environment.Remove($name) }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    $script:Shells.Add($process)
    $process
}

function Stop-Shell {
    foreach ($process in $script:Shells) {
        if (-not $process.HasExited) { $process.Kill($true) }
        $process.Dispose()
    }

    $script:Shells.Clear()
}

function Send-Shell($Shell, [string] $Script) {
    $Shell.StandardInput.WriteLine([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($Script)))
    $Shell.StandardInput.Flush()
}

# The answer: with 'output', or with 'error' and 'message'.
function Receive-Shell($Shell, [int] $Seconds = 60) {
    $end = [DateTime]::UtcNow.AddSeconds($Seconds)
    while ($true) {
        $reading = $Shell.StandardOutput.ReadLineAsync()
        $left = [int] [Math]::Max(0, ($end - [DateTime]::UtcNow).TotalMilliseconds)
        if (-not $reading.Wait($left)) { throw "The process did not answer within $Seconds s." }
        if ($null -eq $reading.Result) { throw 'The process ended.' }
        if ($reading.Result.StartsWith('=')) {
            return [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($reading.Result.Substring(1))) | ConvertFrom-Json
        }
    }
}

# What the script returned; its error is this one's.
function Invoke-Shell($Shell, [string] $Script) {
    Send-Shell $Shell $Script
    $answer = Receive-Shell $Shell
    if ($answer.PSObject.Properties['error']) { throw "$($answer.error): $($answer.message)" }
    $answer.output
}

# The identifier of the error that a script must end with.
function Get-ShellFailure($Shell, [string] $Script, [int] $Seconds = 60) {
    Send-Shell $Shell $Script
    $answer = Receive-Shell $Shell $Seconds
    if (-not $answer.PSObject.Properties['error']) { throw "This succeeded, and should have failed: $Script" }
    $answer
}

Export-ModuleMember -Function *-*
