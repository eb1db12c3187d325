#requires -Version 7.4
<#
.SYNOPSIS
Saves the modules of modules.json below artifacts, each checked by its hash. build.ps1 -Task Modules calls it.

.DESCRIPTION
These modules are not on NuGet. They serve the tests, the analysis and the help, and never become modules of the user. A package
without a recorded hash is refused; -RecordHash takes it and writes its hash into modules.json, to be looked at and committed.
Needs Microsoft.PowerShell.PSResourceGet 1.1, which PowerShell 7.5 and later bring.
#>
[CmdletBinding()]
param (
    # A registered repository.
    [string] $Repository = 'PSGallery',

    [string] $LockPath = (Join-Path $PSScriptRoot modules.json),

    [string] $Destination = (Join-Path $PSScriptRoot .. .. artifacts modules),

    # Records the hash of each package that has none yet.
    [switch] $RecordHash
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# The largest of them has 10 MB.
$largest = 64MB

function Save-PinnedPackage($Module, [string] $Folder) {
    Save-PSResource -Name $Module.name -Version $Module.version -Repository $Repository -Path $Folder -AsNupkg -SkipDependencyCheck -TrustRepository
    $package = Get-ChildItem $Folder -Filter *.nupkg
    if (-not $package) { throw "The repository $Repository has no package $($Module.name) $($Module.version)." }
    if ($package.Length -gt $largest) { throw "The package $($package.Name) exceeds the $($largest / 1MB) MB limit. Nothing of it was saved." }
    $package
}

function Expand-PinnedPackage([System.IO.FileInfo] $Package, [string] $Folder) {
    $archive = [System.IO.Compression.ZipFile]::OpenRead($Package.FullName)
    try { $size = ($archive.Entries | Measure-Object Length -Sum).Sum } finally { $archive.Dispose() }
    if ($size -gt 4 * $largest) { throw "The files of $($Package.Name) exceed the $(4 * $largest / 1MB) MB limit. Nothing of it was saved." }
    if (Test-Path -LiteralPath $Folder) { Remove-Item -LiteralPath $Folder -Recurse -Force }
    [System.IO.Compression.ZipFile]::ExtractToDirectory($Package.FullName, $Folder)

    # What belongs to the package, and not to the module.
    foreach ($name in '_rels', 'package', '[Content_Types].xml') { Remove-Item -LiteralPath (Join-Path $Folder $name) -Recurse -Force -ErrorAction Ignore }
    Get-ChildItem $Folder -Filter *.nuspec | Remove-Item
}

$modules = Get-Content -Raw -LiteralPath $LockPath | ConvertFrom-Json
foreach ($module in $modules) {
    if (-not $module.sha512 -and -not $RecordHash) {
        throw "No hash of $($module.name) $($module.version) is recorded. Run it with -RecordHash, check what was saved, and commit $(Split-Path $LockPath -Leaf)."
    }
}

foreach ($module in $modules) {
    $work = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "oauthps-$([guid]::NewGuid())")).FullName
    try {
        $package = Save-PinnedPackage $module $work
        $hash = (Get-FileHash -LiteralPath $package.FullName -Algorithm SHA512).Hash
        if ($module.sha512 -and $module.sha512 -ne $hash) {
            throw "The package $($package.Name) has the SHA-512 $hash, and $($module.sha512) is recorded. Nothing of it was saved."
        }

        Expand-PinnedPackage $package (Join-Path $Destination $module.name $module.version)
        $module.sha512 = $hash
        "$($module.name) $($module.version) is saved."
    }
    finally { Remove-Item -LiteralPath $work -Recurse -Force }
}

if ($RecordHash) {
    $lines = $modules | ForEach-Object { "  { `"name`": `"$($_.name)`", `"version`": `"$($_.version)`", `"sha512`": `"$($_.sha512)`" }" }
    [IO.File]::WriteAllText((Resolve-Path -LiteralPath $LockPath).ProviderPath, "[`n$($lines -join ",`n")`n]`n")
}
