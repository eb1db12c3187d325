# Starts another PowerShell of the kind that this one is. The one that is a .NET tool has no program of its own: it is dotnet, and its
# assembly is the first argument.

$ErrorActionPreference = 'Stop'

# The program, and the arguments that come before PowerShell's own.
function Get-PowerShellCommand {
    $program = [Environment]::ProcessPath
    $program
    if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { Join-Path $PSHOME pwsh.dll }
}

# Runs one to its end, as the call of a program would.
function Invoke-PowerShell {
    $command = @(Get-PowerShellCommand)
    $before = @($command | Select-Object -Skip 1)
    & $command[0] @before @args
}

# For one that goes on beside this one.
function Get-PowerShellStart([string[]] $Argument) {
    $program, $before = Get-PowerShellCommand
    $start = [System.Diagnostics.ProcessStartInfo]::new($program)
    if ($before) { $start.ArgumentList.Add($before) }
    foreach ($one in $Argument) { $start.ArgumentList.Add($one) }
    $start
}

Export-ModuleMember -Function Get-PowerShellCommand, Invoke-PowerShell, Get-PowerShellStart
