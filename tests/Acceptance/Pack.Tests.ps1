BeforeDiscovery {
    $missing = (Get-Command Compress-PSResource -ErrorAction Ignore) ? '' : 'It needs the module Microsoft.PowerShell.PSResourceGet 1.1, which PowerShell 7.5 and later bring.'
}

Describe 'The package' -Skip:([bool] $missing) -Tag $missing {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
        Import-Module (Join-Path $PSScriptRoot Vault.psm1) -Force
        $module = Get-ModulePath
        $folder = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "OAuthPS-$([guid]::NewGuid())")).FullName
        Compress-PSResource -Path (Split-Path $module) -DestinationPath $folder

        # A user of its own, with no module of this one.
        $shell = Start-Shell -HomeFolder $folder -Module Microsoft.PowerShell.PSResourceGet
    }

    AfterAll {
        Stop-Shell
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
    }

    It 'is installed by Install-PSResource from a repository that is a folder, and imported by its name' {
        (Get-ChildItem $folder -Filter *.nupkg).Name | Should -Be "OAuthPS.$((Import-PowerShellDataFile $module).ModuleVersion).nupkg"
        $base, $providers = Invoke-Shell $shell @"
Register-PSResourceRepository -Name here -Uri '$folder' -Trusted
Install-PSResource OAuthPS -Repository here -Scope CurrentUser -WarningAction SilentlyContinue
Import-Module OAuthPS
(Get-Module OAuthPS).ModuleBase
(Get-OAuthProvider).Name
"@
        $base | Should -BeLike "$folder*OAuthPS*"
        $providers | Should -Be 'Blynk', 'JetBrainsSpace', 'Spacebring', 'SpatiaFi'
    }

    It 'has every file of the module' {
        $files = Invoke-Shell $shell '$base = (Get-Module OAuthPS).ModuleBase; Get-ChildItem $base -File -Recurse | ForEach-Object { [IO.Path]::GetRelativePath($base, $_.FullName) }'
        $base = Split-Path $module
        foreach ($file in Get-ChildItem $base -File -Recurse) { $files | Should -Contain ([IO.Path]::GetRelativePath($base, $file.FullName)) }
    }
}
