# Calls in one process, beside their peers and in turn with them, so that whatever else the machine does falls on both.
# Writes one JSON object: the name of each, and its samples in microseconds for a call.
param (
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [uri] $Server,
    [int] $Samples = 250
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$client = [pscredential]::new('client id', (ConvertTo-SecureString 'client secret' -AsPlainText -Force))
$request = @{
    Method = 'Post'; Uri = "$($Server)oauth/token"; Body = @{ grant_type = 'client_credentials'; scope = 'https://api.example.com/.default' }
    Authentication = 'Basic'; Credential = $client; AllowUnencryptedAuthentication = $true
}
$http = [System.Net.Http.HttpClient]::new()
$form = [System.Collections.Generic.Dictionary[string, string]]::new()
$form['grant_type'] = 'client_credentials'
$form['scope'] = 'https://api.example.com/.default'
$basic = [System.Net.Http.Headers.AuthenticationHeaderValue]::new('Basic', [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes('client id:client secret')))

function Invoke-BareHttpClient {
    $message = [System.Net.Http.HttpRequestMessage]::new('Post', "$($Server)oauth/token")
    $message.Headers.Authorization = $basic
    $message.Content = [System.Net.Http.FormUrlEncodedContent]::new($form)
    $answer = $http.Send($message).EnsureSuccessStatusCode()
    $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult() | ConvertFrom-Json
}

Import-Module (Join-Path $PSScriptRoot InTurn.psm1)
Import-Module $Module
$connect = @{ Provider = 'JetBrainsSpace'; ServiceUrl = $Server; ClientCredential = $client; Scope = 'https://api.example.com/.default' }
$null = Connect-OAuthProvider @connect

$measured = Measure-InTurn -Samples $Samples -Calls 20 -Block ([ordered]@{
        'Get-Date'                   = { param($n) for ($i = 0; $i -lt $n; $i++) { $null = Get-Date } }
        'Get-OAuthToken'             = { param($n) for ($i = 0; $i -lt $n; $i++) { $null = Get-OAuthToken } }
        'Get-OAuthToken -AsPlainText' = { param($n) for ($i = 0; $i -lt $n; $i++) { $null = Get-OAuthToken -AsPlainText } }
    })
$measured += Measure-InTurn -Samples $Samples -Calls 1 -Block ([ordered]@{
        'Invoke-RestMethod'     = { $null = Invoke-RestMethod @request }
        'script with HttpClient' = { $null = Invoke-BareHttpClient }
        'Connect-OAuthProvider' = { $null = Connect-OAuthProvider @connect }
    })

ConvertTo-Json $measured -Compress
