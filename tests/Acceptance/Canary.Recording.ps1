# What Invoke-Acceptance.ps1 recorded of a run, and that no secret is in it. Not a test file of the suite: it looks at all of them.
param([string] $Folder, [bool] $Whole)

BeforeDiscovery { $missing = $Whole ? '' : 'Not the whole suite was run.' }

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Canary.psm1) -Force
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    $forms = Get-SecretForm (Get-Account)

    function Get-Recorded([string] $Name) {
        Get-ChildItem -LiteralPath $Folder -Filter $Name | ForEach-Object { Get-Content -Raw -LiteralPath $_.FullName } | Out-String
    }
}

Describe 'The record of the run' {
    It 'holds no secret in <Where>' -ForEach @(
        @{ Where = 'what the process said, all streams'; Name = 'said.txt' }
        @{ Where = 'the streams of other runspaces, progress too'; Name = 'streams.txt' }
        @{ Where = 'the transcripts'; Name = 'transcript*.txt' }
        @{ Where = 'the errors, in every view'; Name = 'errors*.txt' }
        @{ Where = 'the objects, in every view and as JSON'; Name = 'objects.txt' }
        @{ Where = 'the journals of the emulators'; Name = 'journal-*.txt' }
    ) {
        Find-Secret (Get-Recorded $Name) $forms | Select-Object -Unique -First 5 | Should -BeNullOrEmpty
    }

    It 'was loud, and of the whole suite' -Skip:([bool] $missing) -Tag $missing {
        foreach ($name in 'said.txt', 'transcript.txt') {
            $text = Get-Recorded $name
            foreach ($sign in 'Sending POST', 'client_secret=\*\*\*', 'client_assertion=\*\*\*', 'refresh_token=\*\*\*', 'code=\*\*\*', 'password=\*\*\*', 'access_token=\*\*\*', 'VERBOSE: ') {
                $text -match $sign | Should -BeTrue -Because "$name has '$sign' of every such request"
            }
        }

        $journal = Get-Recorded 'journal-*.txt'
        foreach ($path in '/blynk/oauth2/token', '/space/oauth/token', '/space/oauth/auth', '/spacebring/oauth2/token', '/spatiafi/api/v1/auth/jwt/token') { $journal -like "*$path*" | Should -BeTrue -Because "$path was asked" }
        $streams = Get-Recorded 'streams.txt'
        foreach ($sign in 'Waiting for you to sign in', 'response_type=token') { $streams -match $sign | Should -BeTrue -Because "a sign-in has '$sign'" }
        [int] [regex]::Match((Get-Recorded 'errors.txt'), 'errors: (\d+)').Groups[1].Value | Should -BeGreaterThan 100
        [int] [regex]::Match((Get-Recorded 'objects.txt'), 'objects: (\d+)').Groups[1].Value | Should -BeGreaterThan 100
    }
}

Describe 'Who looks for secrets' {
    It 'finds <_> in every form' -ForEach 'emulated_Zm9vYmFyYmF6', 'correct horse battery staple', 'space-secret:with+odd chars&=' {
        foreach ($form in Get-Form "x$($_)y") { Find-Secret "nothing $form nothing" $forms | Should -Not -BeNullOrEmpty -Because $form }
        Find-Secret "nothing $($_.Insert(6, "`r`n"))" $forms | Should -Not -BeNullOrEmpty
    }

    It 'finds a JWT and a value with a name, and takes nothing else for one' {
        Find-Secret 'a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln' $forms | Should -Not -BeNullOrEmpty
        Find-Secret 'POST /?code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r' $forms | Should -Not -BeNullOrEmpty
        Find-Secret 'Sending POST client_secret=***&code=***; the client secret and the code are not shown' $forms | Should -BeNullOrEmpty
    }
}
