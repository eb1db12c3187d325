<#
.SYNOPSIS
Brings the help up to date: the parameters of the cmdlets into docs/en-US/*.md, and the MAML of it into src/OAuthPS/en-US.

.DESCRIPTION
Text is written in the markdown. Syntax, types, positions and aliases are taken from the module; a new parameter comes with a
placeholder in double braces, which the tests refuse. Needs Microsoft.PowerShell.PlatyPS 1.0 or later.
#>
[CmdletBinding()]
param (
    # The folder of the module.
    [string] $Module = (Join-Path $PSScriptRoot .. artifacts module OAuthPS),

    # Where the MAML goes.
    [string] $OutputFolder = (Join-Path $PSScriptRoot .. src OAuthPS en-US),

    # Leaves the markdown as it is, and makes the MAML of it.
    [switch] $MamlOnly
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0
$markdown = Join-Path $PSScriptRoot en-US
$work = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "oauthps-$([guid]::NewGuid())")).FullName

# A date would change the file with every run; the version control has it.
function Save-Text([string] $Path, [string] $Text) {
    [IO.File]::WriteAllText($Path, ($Text -replace '\r\n', "`n" -replace '(?m)^ms\.date:.*\n').TrimEnd() + "`n")
}

try {
    if (-not $MamlOnly) {
        Import-Module (Join-Path $Module OAuthPS.psd1)
        foreach ($command in Get-Command -Module OAuthPS) {
            $file = Join-Path $markdown "$($command.Name).md"
            if (Test-Path $file) {
                $null = Update-MarkdownCommandHelp -Path $file -NoBackup
            }
            else {
                $made = New-MarkdownCommandHelp -CommandInfo $command -OutputFolder $work -Force
                Copy-Item $made.FullName $file
            }

            Save-Text $file (Get-Content -Raw $file)
        }
    }

    $made = Get-ChildItem $markdown -Filter *.md | Import-MarkdownCommandHelp | Export-MamlCommandHelp -OutputFolder $work -Force
    $null = New-Item -ItemType Directory -Force $OutputFolder
    Save-Text (Join-Path $OutputFolder OAuthPS.dll-Help.xml) (Get-Content -Raw ($made | Where-Object Name -EQ OAuthPS.dll-Help.xml).FullName)
}
finally {
    Remove-Item -LiteralPath $work -Recurse -Force
}
