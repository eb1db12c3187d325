BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    $commands = @((Import-PowerShellDataFile (Get-ModulePath)).CmdletsToExport)
    $abouts = @('about_OAuthPS', 'about_OAuthPS_Providers', 'about_OAuthPS_Vaults', 'about_OAuthPS_Automation')
    Import-Module (Join-Path $PSScriptRoot Needs.psm1) -Force
    $missing = Get-MissingModule Microsoft.PowerShell.PlatyPS 1.0
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $root = Join-Path $PSScriptRoot .. .. | Resolve-Path
    $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters

    # What is no text: nothing, a placeholder of PlatyPS, or PowerShell's own words for a command without help.
    function Test-Text($Text) { "$Text".Trim().Length -gt 10 -and "$Text" -notmatch '\{\{|Get-Help cannot find' }

    function Get-Text($Node) { @($Node.Text) -join "`n" }
}

Describe 'The help of <_>' -ForEach $commands {
    BeforeAll {
        $name = $_
        $command = Get-Command $name -Module OAuthPS
        $help = Get-Help $name -Full
        $markdown = Get-Content -Raw (Join-Path $root docs en-US "$name.md")
    }

    It 'has a synopsis and a description' {
        Test-Text $help.Synopsis | Should -BeTrue -Because "its synopsis is '$($help.Synopsis)'"
        Test-Text (Get-Text $help.Description) | Should -BeTrue
    }

    It 'has text for each parameter, and for none that there is not' {
        $own = $command.Parameters.Keys | Where-Object { $_ -notin $common }
        $told = @{}
        foreach ($parameter in $help.parameters.parameter) { $told[$parameter.name] = Get-Text $parameter.description }
        $told.Keys | Where-Object { $_ -notin $command.Parameters.Keys } | Should -BeNullOrEmpty
        $own | Where-Object { -not (Test-Text $told[$_]) } | Should -BeNullOrEmpty
    }

    It 'has two examples at least, each with words' {
        $examples = @($help.examples.example)
        $examples.Count | Should -BeGreaterOrEqual 2
        foreach ($example in $examples) {
            $example.code | Should -Match $name
            Test-Text (Get-Text $example.remarks) | Should -BeTrue -Because $example.title
        }
    }

    It 'says what it takes and returns, and where to read on' {
        $markdown | Should -Not -Match '\{\{'
        $markdown | Should -Match '(?s)## OUTPUTS\s+### \S+\s+\w'
        @($help.relatedLinks.navigationLink).Count | Should -BeGreaterThan 1
        $takesPipeline = $command.Parameters.Values.Attributes | Where-Object { $_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName }
        if ($takesPipeline) { $markdown | Should -Match '(?s)## INPUTS\s+### \S+\s+\w' }
    }

    It 'has the parameters of the code: their types, positions and aliases' {
        foreach ($parameter in $command.Parameters.Values | Where-Object Name -NotIn $common) {
            $yaml = [regex]::Match($markdown, "(?s)### -$($parameter.Name)\r?\n.*?``````yaml(.*?)``````").Groups[1].Value
            $yaml | Should -Match "Type: $([regex]::Escape($parameter.ParameterType.ToString()))\s" -Because "$($parameter.Name) is in the markdown"
            foreach ($alias in $parameter.Aliases) { $yaml | Should -Match "- $alias\b" }
            foreach ($set in $parameter.ParameterSets.GetEnumerator()) {
                $entry = [regex]::Match($yaml, "(?s)- Name: $($set.Key -eq '__AllParameterSets' ? '\(All\)' : $set.Key)\r?\n.*?ValueFromRemaining").Value
                $entry | Should -Match "Position: $($set.Value.Position -lt 0 ? 'Named' : $set.Value.Position)" -Because $parameter.Name
                $entry | Should -Match "IsRequired: $($set.Value.IsMandatory)" -Because $parameter.Name
            }
        }
    }

    It 'is shown without the marks of markdown' {
        $help | Out-String -Width 200 | Should -Not -Match '`|\u0080'
    }

    It 'links to pages that are there' {
        foreach ($link in [regex]::Matches($markdown, '\]\(((?!https?:)[^)]+)\)')) {
            Test-Path (Join-Path $root docs en-US $link.Groups[1].Value) | Should -BeTrue -Because $link.Value
        }
    }
}

Describe 'The help' {
    It 'has a page for each cmdlet and no other' {
        (Get-ChildItem (Join-Path $root docs en-US *.md)).BaseName | Sort-Object | Should -Be ((Get-Command -Module OAuthPS).Name | Sort-Object)
    }

    It 'has the MAML of the markdown' -Skip:([bool] $missing) -Tag "$missing" {
        Invoke-PowerShell -NoProfile -NonInteractive -File (Join-Path $root docs Update-Help.ps1) -MamlOnly -OutputFolder $TestDrive
        $LASTEXITCODE | Should -Be 0
        $made = Get-Content (Join-Path $TestDrive OAuthPS.dll-Help.xml)
        $committed = Get-Content (Join-Path $root src OAuthPS en-US OAuthPS.dll-Help.xml)
        Compare-Object $committed $made | Should -BeNullOrEmpty -Because './build.ps1 -Task Docs makes it anew'
    }

    It 'ships with the module' {
        $shipped = Join-Path (Split-Path (Get-ModulePath)) en-US
        foreach ($file in Get-ChildItem (Join-Path $root src OAuthPS en-US)) {
            (Get-FileHash (Join-Path $shipped $file.Name)).Hash | Should -Be (Get-FileHash $file.FullName).Hash -Because $file.Name
        }
    }

    It 'has <_>' -ForEach $abouts {
        $text = Get-Help $_ | Out-String
        $text | Should -Match 'SHORT DESCRIPTION\s+\w'
        $text | Should -Match 'SEE ALSO\s+\w'
    }

    It 'names in an about page only what there is' -ForEach $abouts {
        $text = Get-Content -Raw (Join-Path $root src OAuthPS en-US "$_.help.txt")
        foreach ($word in [regex]::Matches($text, '\b[A-Z][a-z]+-(OAuth|SpatiaFi)\w+').Value | Sort-Object -Unique) {
            Get-Command $word -Module OAuthPS -ErrorAction Ignore | Should -Not -BeNullOrEmpty -Because $word
        }

        foreach ($word in [regex]::Matches($text, '\babout_OAuthPS\w*').Value | Sort-Object -Unique) {
            Join-Path $root src OAuthPS en-US "$word.help.txt" | Should -Exist
        }
    }
}
