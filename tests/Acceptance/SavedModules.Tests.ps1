# What build.ps1 -Task Modules does, with a folder in the place of the PowerShell Gallery.
BeforeDiscovery {
    $missing = (Get-Command Compress-PSResource -ErrorAction Ignore) ? '' : 'It needs the module Microsoft.PowerShell.PSResourceGet 1.1, which PowerShell 7.5 and later bring.'
}

Describe 'The modules that the build saves' -Skip:([bool] $missing) -Tag $missing {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot Vault.psm1) -Force
        $folder = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "OAuthPS-$([guid]::NewGuid())")).FullName
        $source, $saved, $lock = 'source', 'saved', 'modules.json' | ForEach-Object { Join-Path $folder $_ }
        $null = New-Item -ItemType Directory $source

        function New-Package([string] $Text) {
            $module = (New-Item -ItemType Directory -Force (Join-Path $folder Tiny)).FullName
            Set-Content (Join-Path $module Tiny.psm1) "function Get-Tiny { '$Text' }"
            New-ModuleManifest (Join-Path $module Tiny.psd1) -RootModule Tiny.psm1 -ModuleVersion 1.2.3 -FunctionsToExport Get-Tiny -Author test -Description tiny
            Get-ChildItem $source -Filter *.nupkg | Remove-Item
            Compress-PSResource -Path $module -DestinationPath $source
        }

        function Set-Lock([string] $Hash) { ConvertTo-Json @(@{ name = 'Tiny'; version = '1.2.3'; sha512 = $Hash ? $Hash : $null }) -AsArray | Set-Content $lock }

        # A user of its own, who knows the folder as a repository.
        $shell = Start-Shell -HomeFolder $folder -Module Microsoft.PowerShell.PSResourceGet
        Invoke-Shell $shell "Register-PSResourceRepository -Name here -Uri '$source' -Trusted"
        $save = "& '$(Join-Path $PSScriptRoot ../Modules/Save-Module.ps1)' -Repository here -LockPath '$lock' -Destination '$saved'"
        New-Package one
        $hash = (Get-FileHash (Get-ChildItem $source -Filter *.nupkg) -Algorithm SHA512).Hash
    }

    BeforeEach { if (Test-Path $saved) { Remove-Item $saved -Recurse -Force } }

    AfterAll {
        Stop-Shell
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
    }

    It 'are refused without a recorded hash, and nothing is fetched' {
        Set-Lock ''
        (Get-ShellFailure $shell $save).message | Should -BeLike 'No hash of Tiny 1.2.3 is recorded. Run it with -RecordHash*'
        Test-Path $saved | Should -BeFalse
    }

    It 'have their hash recorded when that is asked for, and are checked by it from then on' {
        Set-Lock ''
        Invoke-Shell $shell "$save -RecordHash" | Should -Be 'Tiny 1.2.3 is saved.'
        (Get-Content -Raw $lock | ConvertFrom-Json).sha512 | Should -Be $hash
        Invoke-Shell $shell $save | Should -Be 'Tiny 1.2.3 is saved.'
        (Get-ChildItem (Join-Path $saved Tiny 1.2.3)).Name | Sort-Object | Should -Be 'Tiny.psd1', 'Tiny.psm1'
        Invoke-Shell $shell "Import-Module '$(Join-Path $saved Tiny)'; Get-Tiny; Remove-Module Tiny" | Should -Be 'one'
    }

    It 'are refused when the repository has another package of the same version' {
        Set-Lock $hash
        try {
            New-Package two
            (Get-ShellFailure $shell $save).message | Should -BeLike "The package Tiny.1.2.3.nupkg has the SHA-512 *, and $hash is recorded. Nothing of it was saved."
            (Get-ShellFailure $shell "$save -RecordHash").message | Should -BeLike '*Nothing of it was saved.'
            Test-Path $saved | Should -BeFalse
            (Get-Content -Raw $lock | ConvertFrom-Json).sha512 | Should -Be $hash
        }
        finally { New-Package one }
    }

    It 'are pinned by version, each once' {
        $pins = Get-Content -Raw (Join-Path $PSScriptRoot ../Modules/modules.json) | ConvertFrom-Json
        $pins.name | Should -Be 'Microsoft.PowerShell.SecretManagement', 'Microsoft.PowerShell.SecretStore', 'PSScriptAnalyzer', 'Microsoft.PowerShell.PlatyPS'
        foreach ($pin in $pins) { $pin.version | Should -Match '^\d+\.\d+\.\d+$' }
    }
}
