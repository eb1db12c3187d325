BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'A whole session with every provider' {
    BeforeAll {
        $folder = Join-Path ([System.IO.Path]::GetTempPath()) "oauthps-$([guid]::NewGuid())"
        $null = New-Item -ItemType Directory $folder
        $shell = (Get-Process -Id $PID).Path
        $output = & $shell -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot Canary.Session.ps1) -Url $emulator.Url -Folder $folder 2>&1 | Out-String -Width 10000
        $transcript = Get-Content -Raw (Join-Path $folder transcript.txt)

        # One answer repeats a secret because the session told the emulator to.
        $journal = (ConvertTo-Json (Get-Journal) -Depth 6) -replace '"error_description\\":\\"no: [^"]+'

        # Spacebring's demo secret is the words "client secret", which any sentence may have: its encoded form stands for it.
        $demo = 'BlynkClient', 'SpatiaFiUser', 'SpatiaFiClient', 'SpaceClient', 'SpaceUser', 'SpacebringUser'
        $plain = @($demo | ForEach-Object { $account[$_].GetNetworkCredential().Password }) + @(Get-Content (Join-Path $folder secrets.txt)) | Sort-Object -Unique
        $basic = $account.Values | Where-Object { $_ -is [pscredential] } | ForEach-Object {
            [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes("$($_.UserName):$($_.GetNetworkCredential().Password)"))
        }
        $secrets = foreach ($secret in $plain) {
            $secret -replace '^(Bearer|Basic) '
            [uri]::EscapeDataString($secret)
            [uri]::EscapeDataString($secret).Replace('%20', '+')
            [System.Text.Json.JsonEncodedText]::Encode($secret).ToString()
        }
        $secrets = @($secrets) + @($basic) | Sort-Object -Unique

        # Where one is found, without its being shown once more.
        function Find-Secret([string] $Text) {
            foreach ($secret in $secrets) {
                for ($at = $Text.IndexOf($secret, [StringComparison]::Ordinal); $at -ge 0; $at = $Text.IndexOf($secret, $at + 1, [StringComparison]::Ordinal)) {
                    $from = [Math]::Max(0, $at - 120)
                    "$($Text.Substring($from, $at - $from))<a secret of $($secret.Length) characters>"
                }
            }

            # Assertions and tokens alike, in any line.
            foreach ($match in [regex]::Matches($Text, 'eyJ[\w-]{8,}\.eyJ[\w-]{8,}')) { "a JWT at $($match.Index)" }
        }
    }

    AfterAll { Remove-Item -Recurse -Force $folder }

    It 'ran to its end, with all that it was to do' {
        if ($output -notmatch 'errors: (2\d|[3-9]\d)') { throw $output.Substring([Math]::Max(0, $output.Length - 2000)) }
        $output | Should -Match 'Sending POST'
        $output | Should -Match 'client_secret=\*\*\*'
        $output | Should -Match 'client_assertion=\*\*\*'
        $output | Should -Match 'refresh_token=\*\*\*'
        $transcript | Should -Match 'Sending POST'
        $secrets.Count | Should -BeGreaterThan 60
    }

    It 'shows no secret in any stream, view, error or serialization' { Find-Secret $output | Should -BeNullOrEmpty }

    It 'leaves no secret in the transcript' { Find-Secret $transcript | Should -BeNullOrEmpty }

    It 'leaves no secret in the emulator''s journal' { Find-Secret $journal | Should -BeNullOrEmpty }
}
