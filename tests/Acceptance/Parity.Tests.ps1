# The table in the help of Invoke-OAuthRestMethod, held against the parameters of both cmdlets. ParityCalls.Tests.ps1 has what they do.
BeforeDiscovery {
    $older = $PSVersionTable.PSVersion -lt [version] '7.6' ? 'The table is of PowerShell 7.6.' : ''
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
}

Describe 'The table of Invoke-RestMethod''s parameters' {
    BeforeAll {
        $page = Get-Content -Raw (Join-Path $PSScriptRoot .. .. docs en-US Invoke-OAuthRestMethod.md)
        $table = [regex]::Match($page, '(?m)^\| Invoke-RestMethod \| here \| how \|\r?\n\|[-|]+\r?\n((?:^\|.*\n)+)').Groups[1].Value
        $rows = foreach ($line in $table -split '\r?\n' -ne '') {
            $names, $verdict, $how = $line.Trim('|', ' ') -split ' \| ?', 3
            $name, $aliases = [regex]::Matches($names, '`-(\w+)`') | ForEach-Object { $_.Groups[1].Value }
            [pscustomobject]@{ Name = $name; Aliases = @($aliases | Where-Object { $_ }); Verdict = $verdict.TrimEnd(' |'); How = "$how" }
        }
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
        $theirs = (Get-Command Microsoft.PowerShell.Utility\Invoke-RestMethod).Parameters.Values | Where-Object Name -NotIn $common
        $ours = @{}
        foreach ($parameter in (Get-Command Invoke-OAuthRestMethod).Parameters.Values) { @($parameter.Name) + $parameter.Aliases | ForEach-Object { $ours[$_] = $parameter } }
    }

    It 'has each parameter once, with its aliases' {
        $rows.Count | Should -BeGreaterThan 40
        $rows.Name | Group-Object | Where-Object Count -GT 1 | Should -BeNullOrEmpty
        $new = ($theirs | Where-Object Name -NotIn $rows.Name).Name
        $new | Should -BeNullOrEmpty -Because "Invoke-RestMethod has it: give it to Invoke-OAuthRestMethod or refuse it, and say so in the table of docs/en-US/Invoke-OAuthRestMethod.md"
        foreach ($parameter in $theirs) {
            $row = $rows | Where-Object Name -EQ $parameter.Name
            # An older PowerShell has fewer aliases.
            $parameter.Aliases | Where-Object { $_ -notin $row.Aliases } | Should -BeNullOrEmpty -Because "they are aliases of -$($parameter.Name)"
        }
    }

    It 'has none that there is not' -Skip:([bool] $older) -Tag $older {
        $rows.Name | Where-Object { $_ -notin $theirs.Name } | Should -BeNullOrEmpty
    }

    It 'says "there" or "differs" of what is there by the same names, and how it differs' {
        foreach ($row in $rows | Where-Object Verdict -In there, differs) {
            foreach ($name in @($row.Name) + $row.Aliases) { $ours.Keys | Should -Contain $name }
            foreach ($name in $row.Aliases) { $ours[$name].Name | Should -Be $ours[$row.Name].Name -Because "-$name is -$($row.Name)" }
            if ($row.Verdict -eq 'differs') { $row.How | Should -Not -BeNullOrEmpty -Because $row.Name }
        }
    }

    It 'says "refused" of what is not there, and why' {
        foreach ($row in $rows | Where-Object Verdict -NotIn there, differs) {
            $row.Verdict | Should -BeExactly 'refused' -Because $row.Name
            @($row.Name) + $row.Aliases | Where-Object { $ours.ContainsKey($_) } | Should -BeNullOrEmpty
            $row.How | Should -Not -BeNullOrEmpty -Because $row.Name
        }
    }
}
