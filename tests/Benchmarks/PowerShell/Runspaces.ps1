# Many runspaces at once, each calling one command many times; the peer in turn. Writes JSON as Calls.ps1 does, in microseconds for a call.
param (
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [uri] $Server,
    [int] $Rounds = 15
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

Import-Module $Module
$client = [pscredential]::new('client id', (ConvertTo-SecureString 'client secret' -AsPlainText -Force))
$session = Connect-OAuthProvider JetBrainsSpace -ServiceUrl $Server -ClientCredential $client -Scope 'https://api.example.com/.default'
$given = @{ Session = $session; Url = "$($Server)api/items?count=20"; Header = @{ Authorization = "Bearer $(Get-OAuthToken -AsPlainText)" } }

function Measure-Runspace([System.Collections.Specialized.OrderedDictionary] $Script, [int] $Runspaces, [int] $Calls, [int] $Rounds) {
    $state = [initialsessionstate]::CreateDefault2()
    $state.ImportPSModule($Module)
    $shells = foreach ($number in 1..$Runspaces) {
        $runspace = [runspacefactory]::CreateRunspace($state)
        $runspace.Open()
        [powershell]::Create($runspace)
    }

    $result = [ordered]@{}
    foreach ($name in $Script.Keys) { $result[$name] = [System.Collections.Generic.List[double]]::new() }
    for ($round = -2; $round -lt $Rounds; $round++) {
        foreach ($name in $Script.Keys) {
            foreach ($shell in $shells) {
                $shell.Commands.Clear()
                $null = $shell.AddScript("param(`$given, `$n) for (`$i = 0; `$i -lt `$n; `$i++) { `$null = $($Script[$name]) }").AddArgument($given).AddArgument($Calls)
            }

            $started = [System.Diagnostics.Stopwatch]::GetTimestamp()
            $running = foreach ($shell in $shells) { $shell.BeginInvoke() }
            for ($i = 0; $i -lt $shells.Count; $i++) { $null = $shells[$i].EndInvoke($running[$i]) }
            $elapsed = [System.Diagnostics.Stopwatch]::GetElapsedTime($started).TotalMicroseconds
            if ($round -ge 0) { $result[$name].Add($elapsed / ($Calls * $shells.Count)) }
        }
    }

    foreach ($shell in $shells) { $shell.Runspace.Dispose(); $shell.Dispose() }
    $result
}

$measured = Measure-Runspace -Rounds $Rounds -Runspaces 64 -Calls 200 -Script ([ordered]@{
        '64 runspaces: Get-Date'       = 'Get-Date'
        '64 runspaces: Get-OAuthToken' = 'Get-OAuthToken $given.Session'
    })
$measured += Measure-Runspace -Rounds $Rounds -Runspaces 32 -Calls 32 -Script ([ordered]@{
        '32 runspaces: Invoke-RestMethod'      = 'Invoke-RestMethod $given.Url -Headers $given.Header'
        '32 runspaces: Invoke-OAuthRestMethod' = 'Invoke-OAuthRestMethod $given.Url -Session $given.Session'
    })

ConvertTo-Json $measured -Compress
