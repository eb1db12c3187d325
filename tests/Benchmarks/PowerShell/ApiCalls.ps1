# API calls in one process, beside Invoke-RestMethod with the same token and in turn with it. Writes one JSON object as Calls.ps1 does:
# the name of each, and its samples in microseconds for a call.
param (
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [uri] $Server,
    [int] $Samples = 250,
    [int] $LargeSamples = 21
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module (Join-Path $PSScriptRoot InTurn.psm1)
Import-Module $Module

$client = [pscredential]::new('client id', (ConvertTo-SecureString 'client secret' -AsPlainText -Force))
$null = Connect-OAuthProvider JetBrainsSpace -ServiceUrl $Server -ClientCredential $client -Scope 'https://api.example.com/.default'
$header = @{ Authorization = "Bearer $(Get-OAuthToken -AsPlainText)" }

# About 250 bytes an item: 20 of them are a page of an API, 20,000 are 5 MB.
$small = "$($Server)api/items?count=20"
$large = "$($Server)api/items?count=20000"

$measured = Measure-InTurn -Samples $Samples -Calls 1 -Block ([ordered]@{
        'small JSON: Invoke-RestMethod'      = { $null = Invoke-RestMethod $small -Headers $header }
        'small JSON: Invoke-OAuthRestMethod' = { $null = Invoke-OAuthRestMethod $small }
    })
$measured += Measure-InTurn -Samples $LargeSamples -Calls 1 -WarmUp 3 -Block ([ordered]@{
        '5 MB of JSON: Invoke-RestMethod'      = { $null = Invoke-RestMethod $large -Headers $header }
        '5 MB of JSON: Invoke-OAuthRestMethod' = { $null = Invoke-OAuthRestMethod $large }
    })


# How much the process grows by a file, too: a file that went through memory would be in it.
$file = "$($Server)api/file?mebibytes=100"
$place = Join-Path ([System.IO.Path]::GetTempPath()) "$([guid]::NewGuid()).bin"
try {
    $null = Invoke-OAuthRestMethod "$($Server)api/file?mebibytes=1" -OutFile $place
    [System.GC]::Collect()
    $before = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
    $null = Invoke-OAuthRestMethod $file -OutFile $place
    $grown = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 - $before
    $measured += Measure-InTurn -Samples $LargeSamples -Calls 1 -WarmUp 3 -Block ([ordered]@{
            '100 MB to a file: Invoke-RestMethod'      = { Invoke-RestMethod $file -Headers $header -OutFile $place }
            '100 MB to a file: Invoke-OAuthRestMethod' = { Invoke-OAuthRestMethod $file -OutFile $place }
        })
}
finally { Remove-Item -LiteralPath $place -ErrorAction Ignore }

$measured['100 MB to a file: growth of the process'] = @($grown / 1MB)
$measured['30 MiB'] = @(30)
ConvertTo-Json $measured -Compress
