# The peer: what a script without the module does.
param ([Parameter(Mandatory)] [uri] $Server)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$client = [pscredential]::new('client id', (ConvertTo-SecureString 'client secret' -AsPlainText -Force))
$answer = Invoke-RestMethod -Method Post -Uri "$($Server)oauth/token" -Body @{ grant_type = 'client_credentials'; scope = 'https://api.example.com/.default' } `
    -Authentication Basic -Credential $client -AllowUnencryptedAuthentication
if (-not (ConvertTo-SecureString $answer.access_token -AsPlainText -Force)) { throw 'No token.' }
