# Every example of the help, the about pages, README and docs is run against the emulator, in one PowerShell process with a home
# folder of its own. Examples.psm1 says what is put in for the reader. Those of the help start with three sessions, Blynk's the
# current one, but for the ones that connect; README and the about pages start with none, as a reader does.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot Examples.psm1) -Force
    $examples = @(Get-Example)
    $missing = $IsWindows -or $IsMacOS ? 'Only on Linux can the configuration folder be moved.' : ''
}

Describe 'The example' -Skip:([bool] $missing) -Tag $missing {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
        Import-Module (Join-Path $PSScriptRoot Examples.psm1) -Force
        Import-Module (Join-Path $PSScriptRoot Vault.psm1) -Force
        $module = Get-ModulePath
        $folder = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "OAuthPS-$([guid]::NewGuid())")).FullName
        $emulator = Start-Emulator (Add-RehearsalFile $folder)
        Add-Contoso $emulator
        foreach ($place in 'tools', 'artifacts/module') {
            $null = New-Item -ItemType Directory -Force (Join-Path $folder $place)
            Copy-Item -Recurse (Split-Path $module) (Join-Path $folder $place)
        }

        Add-AcmeFile $emulator $folder
        Add-ClientKey $folder
        Add-PagedApi $folder

        # The vaults of the examples are the real ones where they are installed, and the stand-in elsewhere.
        Import-Module (Join-Path $PSScriptRoot Needs.psm1) -Force
        $standIn = Get-VaultKind | Where-Object Missing -EQ '' | Select-Object -Last 1 | ForEach-Object ModuleFolder
        $folders = (@($standIn) -ne '') + (Join-Path $folder artifacts/module) -join [IO.Path]::PathSeparator

        # One that has imported the module, or one that has not yet.
        function New-Shell([string] $Import) {
            $new = Start-Shell -HomeFolder $folder -Module $Import -ModuleFolder $folders
            Invoke-Shell $new (Get-ExamplePreparation $emulator $folder)
            $new
        }

        $shell = New-Shell $module
        $vault = @'
$null = Reset-SecretStore -Scope CurrentUser -Authentication None -Interaction None -Force -WarningAction Ignore
Register-SecretVault MyVault -ModuleName Microsoft.PowerShell.SecretStore
'@
        $entry = 'Remove-Secret spatiafi -Vault MyVault -ErrorAction Ignore; $null = Connect-Blynk @{ Vault = "MyVault" }; Get-OAuthSession | Disconnect-OAuthProvider'
        $sessions = '$null = Connect-Spacebring; $null = Connect-Space; $null = Connect-Blynk'
        $state = @{ HasVault = $false }

        # Digits, lifetimes and the width of columns differ from run to run.
        function ConvertTo-Shape([string] $Text) { ($Text -split '\r?\n').Trim() -ne '' -replace '\d+ (s|min|h|d)\b', '0 min' -replace '\d+', '0' -replace '-{2,}', '--' -replace '\s+', ' ' }
    }

    AfterAll {
        Stop-Shell
        Stop-Emulator
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
    }

    It '<File>: <Heading>' -ForEach ($examples | Where-Object { -not $_.NeedsWindows }) {
        $Code | Should -Not -BeNullOrEmpty
        $runnable = ConvertTo-Runnable $Code $emulator
        Invoke-Shell $shell @'
Get-OAuthSession | Disconnect-OAuthProvider
Get-OAuthProvider | Where-Object Name -in Acme, Contoso, Fabrikam, Fjord, Nordwind, Tailspin | Unregister-OAuthProvider
'@
        if ($NeedsVault -and -not $state.HasVault) { Invoke-Shell $shell $vault; $state.HasVault = $true }
        if ($NeedsVault) { Invoke-Shell $shell ($Code -match 'Register-SecretVault' ? 'Unregister-SecretVault MyVault' : $entry) }
        if ($File -like 'docs/*' -and $Code -notmatch '\bConnect-OAuthProvider') { Invoke-Shell $shell $sessions }

        $where = $Code -match 'Import-Module' ? (New-Shell Microsoft.PowerShell.Utility) : $shell
        $shown = Invoke-Shell $where "& { Set-StrictMode -Version Latest; $runnable } | Out-String -Width 150"
        if ($Output) {
            foreach ($line in ConvertTo-Shape (($Output -split '\r?\n') -notmatch '^PS> ' -join "`n")) { ConvertTo-Shape $shown | Should -Contain $line }
        }
    }

    It 'that Get-OAuthProvider gives for each flow of <_> works' -ForEach 'Blynk', 'JetBrainsSpace', 'Spacebring', 'SpatiaFi' {
        $provider = $_
        foreach ($command in Invoke-Shell $shell "(Get-OAuthProvider $provider).Commands") {
            $flow = $command -match '-Flow (\w+)' ? $Matches[1] : (Invoke-Shell $shell "(Get-OAuthProvider $provider).Flows[0].ToString()")
            $runnable = ConvertTo-Runnable $command $emulator
            Invoke-Shell $shell "& { Set-StrictMode -Version Latest; (`$session = $runnable -WarningAction SilentlyContinue).Flow.ToString() }" | Should -Be $flow -Because $command
        }
    }

    It '<File>: <Heading> is PowerShell, and needs what is not here' -ForEach ($examples | Where-Object { $_.NeedsWindows }) {
        { ConvertTo-Runnable $Code $emulator } | Should -Not -Throw
    }
}

Describe 'The search for examples' {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot Examples.psm1) -Force
        $examples = @(Get-Example)
    }

    It 'finds two of each cmdlet at least' {
        foreach ($page in Get-ChildItem (Join-Path $PSScriptRoot ../../docs/en-US/*.md)) {
            @($examples | Where-Object File -EQ "docs/en-US/$($page.Name)").Count | Should -BeGreaterOrEqual 2 -Because $page.Name
        }
    }

    It 'finds those of every about page, README and the provider pages' {
        foreach ($file in 'README.md', 'src/OAuthPS/en-US/about_OAuthPS.help.txt', 'src/OAuthPS/en-US/about_OAuthPS_Automation.help.txt', 'docs/providers/blynk.md') {
            @($examples | Where-Object File -EQ $file).Count | Should -BeGreaterThan 0 -Because $file
        }
    }

    It 'takes a workflow''s script out of its YAML' {
        ($examples | Where-Object { $_.Heading -eq 'GITHUB ACTIONS' })[0].Code | Should -BeLike 'Import-Module ./tools/OAuthPS*profile*'
    }
}
