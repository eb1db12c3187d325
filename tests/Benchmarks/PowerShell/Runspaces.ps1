# 64 runspaces at once, each calling one command many times; the peer in turn. Writes JSON as Calls.ps1 does, in microseconds for a call.
param (
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [uri] $Server,
    [int] $Rounds = 15,
    [int] $Runspaces = 64,
    [int] $Calls = 200
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

Import-Module $Module
$client = [pscredential]::new('client id', (ConvertTo-SecureString 'client secret' -AsPlainText -Force))
$session = Connect-OAuthProvider JetBrainsSpace -ServiceUrl $Server -ClientCredential $client -Scope 'https://api.example.com/.default'

$state = [initialsessionstate]::CreateDefault2()
$state.ImportPSModule($Module)
$shells = foreach ($number in 1..$Runspaces) {
    $runspace = [runspacefactory]::CreateRunspace($state)
    $runspace.Open()
    $shell = [powershell]::Create($runspace)
    $shell
}

$scripts = [ordered]@{
    'Get-Date'       = 'param($session, $n) for ($i = 0; $i -lt $n; $i++) { $null = Get-Date }'
    'Get-OAuthToken' = 'param($session, $n) for ($i = 0; $i -lt $n; $i++) { $null = Get-OAuthToken $session }'
}
$result = [ordered]@{}
foreach ($name in $scripts.Keys) { $result["64 runspaces: $name"] = [System.Collections.Generic.List[double]]::new() }
for ($round = -2; $round -lt $Rounds; $round++) {
    foreach ($name in $scripts.Keys) {
        foreach ($shell in $shells) {
            $shell.Commands.Clear()
            $null = $shell.AddScript($scripts[$name]).AddArgument($session).AddArgument($Calls)
        }

        $started = [System.Diagnostics.Stopwatch]::GetTimestamp()
        $running = foreach ($shell in $shells) { $shell.BeginInvoke() }
        for ($i = 0; $i -lt $shells.Count; $i++) { $null = $shells[$i].EndInvoke($running[$i]) }
        $elapsed = [System.Diagnostics.Stopwatch]::GetElapsedTime($started).TotalMicroseconds
        if ($round -ge 0) { $result["64 runspaces: $name"].Add($elapsed / ($Calls * $shells.Count)) }
    }
}

foreach ($shell in $shells) { $shell.Runspace.Dispose(); $shell.Dispose() }
ConvertTo-Json $result -Compress
