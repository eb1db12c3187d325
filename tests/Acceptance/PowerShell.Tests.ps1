# The PowerShell that the suite runs in may be a program or a .NET tool; what it starts is of the same kind.
Describe 'Another PowerShell' {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot PowerShell.psm1) -Force
        $root = Join-Path $PSScriptRoot .. ..
    }

    It 'is the same one, and takes its arguments as they are' {
        $script = Join-Path $TestDrive say.ps1
        Set-Content $script '$PSHOME; $args'
        Invoke-PowerShell -NoProfile -NonInteractive -File $script -Name 'two words' '' "it's" | Should -Be $PSHOME, '-Name', 'two words', '', "it's"
    }

    It 'says its exit code, and its errors in a stream of their own' {
        $said = Invoke-PowerShell -NoProfile -NonInteractive -Command "[Console]::Error.WriteLine('no'); 'yes'; exit 3" 2>$null
        $LASTEXITCODE | Should -Be 3
        $said | Should -Be 'yes'
    }

    It 'goes on beside this one when it is asked to' {
        $start = Get-PowerShellStart '-NoProfile', '-NonInteractive', '-Command', '$PSHOME'
        $start.RedirectStandardOutput = $true
        $process = [System.Diagnostics.Process]::Start($start)
        try { $process.StandardOutput.ReadToEnd().Trim() | Should -Be $PSHOME } finally { $process.Dispose() }
    }

    It 'is started by no script in another way' {
        $scripts = Get-ChildItem $root -Recurse -Include *.ps1, *.psm1 -File | Where-Object { $_.FullName -notmatch '[\\/](bin|obj|artifacts|node_modules)[\\/]' -and $_.Name -ne 'PowerShell.Tests.ps1' }
        $scripts.Count | Should -BeGreaterThan 50
        $scripts | Select-String -Pattern 'Get-Process -Id \$PID|MainModule|& pwsh\b|::new\(.pwsh' | ForEach-Object { "$($_.Path):$($_.LineNumber)" } | Should -BeNullOrEmpty
    }
}
