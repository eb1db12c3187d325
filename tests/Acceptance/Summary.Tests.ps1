# What .ci/run says last, and when it fails.
Describe 'The summary of a run' {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot PowerShell.psm1) -Force
        $script = Join-Path $PSScriptRoot ../../.ci/summary.ps1

        # A report of dotnet test for each list of "name outcome reason".
        function Set-Result([string] $Name, [string[]] $Result) {
            $lines = foreach ($one in $Result) {
                $test, $outcome, $reason = $one -split ' ', 3
                "<UnitTestResult testName=`"$([System.Security.SecurityElement]::Escape($test))`" outcome=`"$outcome`"><Output><ErrorInfo><Message>$reason</Message></ErrorInfo></Output></UnitTestResult>"
            }
            Set-Content (Join-Path $TestDrive "$Name.trx") "<TestRun xmlns=`"http://microsoft.com/schemas/VisualStudio/TeamTest/2010`"><Results>$lines</Results></TestRun>"
        }

        function Set-Acceptance([hashtable[]] $File) { ConvertTo-Json @{ Files = $File } -Depth 4 | Set-Content (Join-Path $TestDrive acceptance.json) }

        function Get-Summary {
            Invoke-PowerShell -NoProfile -NonInteractive -Command "& '$script' -ResultPath '$TestDrive/*.trx' -AcceptancePath '$TestDrive/acceptance.json' -SuitePath '$TestDrive/suite'; exit `$LASTEXITCODE"
        }

        $record = @{ File = 'Canary.Recording.ps1'; Passed = 2; Failed = 0; Skipped = 0; Skips = @() }
        $null = New-Item -ItemType Directory (Join-Path $TestDrive suite)
        Set-Content (Join-Path $TestDrive suite One.Tests.ps1) ''
    }

    It 'counts the tests of a Pester file and not its entry, and says why each was skipped' {
        Set-Result flows 'a Passed', 'b Passed', 'c NotExecuted It needs Chromium.'
        Set-Result module 'd Passed', 'OAuthPS.Tests.AcceptanceTests.A_real_PowerShell_accepts(file:"One.Tests.ps1") Passed', 'OAuthPS.Tests.AcceptanceTests.No_secret Passed'
        Set-Acceptance @{ File = 'One.Tests.ps1'; Passed = 10; Failed = 0; Skipped = 1; Skips = @(@{ Test = 'A vault'; Reason = 'It needs a vault.' }) }, $record
        Get-Summary | Should -Be 'SKIPPED c: It needs Chromium.', 'SKIPPED One.Tests.ps1, A vault: It needs a vault.', '15 passed, 0 failed, 2 skipped'
        $LASTEXITCODE | Should -Be 0
    }

    It 'fails when a test failed, whichever of the two it was' {
        Set-Result flows 'a Passed', 'b Failed'
        Set-Result module 'OAuthPS.Tests.AcceptanceTests.A Failed'
        Set-Acceptance @{ File = 'One.Tests.ps1'; Passed = 1; Failed = 2; Skipped = 0; Skips = @() }, $record
        Get-Summary | Should -Be '4 passed, 3 failed, 0 skipped'
        $LASTEXITCODE | Should -Be 1
    }

    It 'fails when a file of the acceptance suite did not run, or none did' {
        Set-Result flows 'a Passed'
        Set-Result module 'd Passed'
        Set-Acceptance $record
        Get-Summary | Should -Be 'FAILED One.Tests.ps1, which did not run to its end', '4 passed, 1 failed, 0 skipped'
        $LASTEXITCODE | Should -Be 1
        Remove-Item (Join-Path $TestDrive acceptance.json)
        Get-Summary | Select-Object -Last 1 | Should -Be '2 passed, 2 failed, 0 skipped'
        $LASTEXITCODE | Should -Be 1
    }
}
