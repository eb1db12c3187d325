# The same with a signed client_secret_jwt.
param ([Parameter(Mandatory)] [uri] $Server, [Parameter(Mandatory)] [string] $Module)
$ErrorActionPreference = 'Stop'
Import-Module $Module
$client = [pscredential]::new('client id', (ConvertTo-SecureString 'client secret' -AsPlainText -Force))
$null = Connect-OAuthProvider SpatiaFi -ServiceUrl $Server -ClientCredential $client
if (-not (Get-OAuthToken).AccessToken) { throw 'No token.' }
