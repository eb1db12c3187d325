BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Join-Path $PSScriptRoot Canary.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'A whole session with every provider' {
    BeforeAll {
        $folder = Join-Path ([System.IO.Path]::GetTempPath()) "oauthps-$([guid]::NewGuid())"
        $null = New-Item -ItemType Directory $folder
        $before = $env:BROWSER
        if (-not $IsWindows) { $env:BROWSER = "`"$($emulator.Process.StartInfo.FileName)`" `"$($emulator.Process.StartInfo.ArgumentList[0])`" browse %s" }
        $output = Invoke-PowerShell -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot Canary.Session.ps1) -Url $emulator.Url -Folder $folder 2>&1 | Out-String -Width 10000
        $env:BROWSER = $before
        $transcript = Get-Content -Raw (Join-Path $folder transcript.txt)

        # One answer repeats a secret because the session told the emulator to.
        $journal = (ConvertTo-Json (Get-Journal) -Depth 6) -replace '"error_description\\":\\"no: [^"]+'
        $secrets = Get-SecretForm $account ((Get-Content (Join-Path $folder secrets.txt)) -replace '^(Bearer|Basic) ')
    }

    AfterAll { Remove-Item -Recurse -Force $folder }

    It 'ran to its end, with all that it was to do' {
        if ($output -notmatch 'errors: (2\d|[3-9]\d)') { throw $output.Substring([Math]::Max(0, $output.Length - 2000)) }
        $output | Should -Match 'Sending POST'
        $output | Should -Match 'client_secret=\*\*\*'
        $output | Should -Match 'client_assertion=\*\*\*'
        $output | Should -Match 'refresh_token=\*\*\*'
        if (-not $IsWindows) { $output | Should -Match '[?&]code=\*\*\*' }
        $transcript | Should -Match 'Sending POST'
        $secrets.Count | Should -BeGreaterThan 60
    }

    It 'shows no secret in any stream, view, error or serialization' { Find-Secret $output $secrets | Should -BeNullOrEmpty }

    It 'leaves no secret in the transcript' { Find-Secret $transcript $secrets | Should -BeNullOrEmpty }

    It 'leaves no secret in the emulator''s journal' { Find-Secret $journal $secrets | Should -BeNullOrEmpty }
}
