# Blynk gives a client a token, and a refresh token that can be used once.
$client = [pscredential]::new('oa2-client-id_demo', (ConvertTo-SecureString 'blynk-secret' -AsPlainText))
Connect-OAuthProvider Blynk -ServiceUrl $emulator/blynk -ClientCredential $client
Invoke-OAuthRestMethod /api/v1/organization/profile

# Tokens live four seconds here. Let this one expire, then ask for one: it is renewed on the way.
Start-Sleep -Seconds 4
Get-OAuthSession
Get-OAuthToken -Verbose

# Blynk documents no revocation, so the module forgets the token and says what that means.
Revoke-OAuthToken

# Spacebring's customers use HTTP Basic on every call: a session without a token.
$client = [pscredential]::new('client id', (ConvertTo-SecureString 'client secret' -AsPlainText))
$network = @{ 'spacebring-network-id' = '8f1ad2a0-3c64-4f4e-9d3e-0d6b6a2f7c11' }
Connect-OAuthProvider Spacebring -Name customer -ServiceUrl $emulator/spacebring -ClientCredential $client -Header $network
Invoke-OAuthRestMethod /locations/v1
Disconnect-OAuthProvider

# Its partners sign in with a browser; here $env:BROWSER is a program that signs in as the demo user does.
Connect-OAuthProvider Spacebring -Flow AuthorizationCode -ServiceUrl $emulator/spacebring -ClientCredential $client -Header $network -Scope resources, locations
Invoke-OAuthRestMethod /locations/v1

# The refresh token of Spacebring stays valid for ever, and its answers leave it out: it is kept.
Start-Sleep -Seconds 4
Get-OAuthToken -Verbose
Revoke-OAuthToken -Verbose

# JetBrains Space: the application on its own behalf ...
$client = [pscredential]::new('space-client', (ConvertTo-SecureString 'space-secret:with+odd chars&=' -AsPlainText))
Connect-OAuthProvider JetBrainsSpace -Name application -ServiceUrl $emulator/space -ClientCredential $client -Scope '**'
Invoke-OAuthRestMethod /api/http/projects
Start-Sleep -Seconds 4
Get-OAuthToken -Verbose
Revoke-OAuthToken

# ... and on a person's, by a public client with PKCE.
Connect-OAuthProvider JetBrainsSpace -ServiceUrl $emulator/space -ClientId space-public -Scope 'Profile:ViewProfile,EditAbsences', 'Project:*'
Invoke-OAuthRestMethod /api/http/team-directory/profiles/me
Start-Sleep -Seconds 4
Get-OAuthToken -Verbose
Revoke-OAuthToken

# SpatiaFi, step 1 of its guide: a temporary token from e-mail and password.
$me = [pscredential]::new('ada@example.com', (ConvertTo-SecureString 'correct horse battery staple' -AsPlainText))
Connect-OAuthProvider SpatiaFi -Name me -ServiceUrl $emulator/spatiafi -Credential $me

# Step 2: with it, an App Credential. Its secret is given this once, and is a SecureString from the start.
$app = New-SpatiaFiAppCredential -Session me
$app

# Step 3: the App Credential gets tokens without the password. The secret signs a JWT and does not travel.
$app | Connect-OAuthProvider SpatiaFi -Verbose

# Step 4: the token is for the API.
Invoke-OAuthRestMethod /api/info
Invoke-RestMethod $emulator/spatiafi/api/info -Headers (Get-OAuthRequestHeader)
Start-Sleep -Seconds 4
Get-OAuthToken -Verbose

# An App Credential that is no longer used is deleted.
Get-SpatiaFiAppCredential -Session me
$app | Remove-SpatiaFiAppCredential -Session me
Revoke-OAuthToken
Get-OAuthSession | Disconnect-OAuthProvider
