# From nothing to a token with the module; FirstToken.RestMethod.ps1 does the same by hand.
param ([Parameter(Mandatory)] [uri] $Server, [Parameter(Mandatory)] [string] $Module)
$ErrorActionPreference = 'Stop'
Import-Module $Module
$client = [pscredential]::new('client id', (ConvertTo-SecureString 'client secret' -AsPlainText -Force))
$null = Connect-OAuthProvider JetBrainsSpace -ServiceUrl $Server -ClientCredential $client -Scope 'https://api.example.com/.default'
if (-not (Get-OAuthToken).AccessToken) { throw 'No token.' }
