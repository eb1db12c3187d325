# A token for an API: one command, and the session keeps it valid.
Connect-OAuthProvider Blynk -ServiceUrl $emulator/blynk -ClientCredential $client
Invoke-OAuthRestMethod /api/v1/organization/profile

# Four seconds later it has expired. Whoever asks next gets a new one; what is secret shows as ***.
Start-Sleep -Seconds 4
Get-OAuthSession
Get-OAuthToken -Verbose

# Any other command takes the token as it is.
Invoke-RestMethod $emulator/blynk/api/v1/organization/profile -Headers (Get-OAuthRequestHeader)

# An error says what happened, what the provider said, and what to do next.
Connect-OAuthProvider Blynk -ServiceUrl $emulator/blynk -ClientCredential $wrong
