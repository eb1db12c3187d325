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

# PlatyPS leaves the common parameters out of all parameter sets but the first one when it updates a file.
function Repair-Syntax([string] $Text) {
    [regex]::Replace($Text, '(?m)(?<=^\r?\n```\r?\n)(\w+-\w+ [^`]*?)(?=\r?\n```\r?$)', {
            param($block)
            $syntax = $block.Value
            if ($syntax.EndsWith('[<CommonParameters>]')) { return $syntax }
            $room = 100 - $syntax.Split("`n")[-1].TrimEnd().Length
            $syntax + ($room -gt ' [<CommonParameters>]'.Length ? '' : "`n") + ' [<CommonParameters>]'
        })
}

# PlatyPS leaves an example's code in its introduction, fenced; gives relative links, which no help viewer can follow (Get-Help -Online
# even fails on one); and keeps the backticks, which mean nothing outside markdown.
function Repair-Maml([xml] $Maml) {
    foreach ($example in $Maml.GetElementsByTagName('command:example')) {
        $introduction = $example['maml:introduction']
        $paragraphs = @($introduction.ChildNodes.InnerText).Trim() -ne "`u{80}" -ne ''
        if ($paragraphs[0] -notmatch '(?s)^```powershell\n(.*)\n```$') { throw "The example '$($example.title)' does not start with code." }
        $example['dev:code'].InnerText = $Matches[1]
        $null = $example.RemoveChild($introduction)
        foreach ($text in $paragraphs | Select-Object -Skip 1) {
            $paragraph = $Maml.CreateElement('maml', 'para', $introduction.NamespaceURI)
            $paragraph.InnerText = $text
            $null = $example['dev:remarks'].AppendChild($paragraph)
        }
    }

    foreach ($link in @($Maml.GetElementsByTagName('maml:navigationLink'))) {
        if ($link['maml:linkText'].InnerText -eq 'Online Version') { $null = $link.ParentNode.RemoveChild($link) }
        elseif ($link['maml:uri'].InnerText -notmatch '^https:') { $link['maml:uri'].InnerText = '' }
    }

    # That a value may be left out is no part of what is given.
    foreach ($type in @($Maml.GetElementsByTagName('maml:name')) + @($Maml.GetElementsByTagName('command:parameterValue'))) {
        if ($type.InnerText -match '^System\.Nullable`1\[(.+)\]$') { $type.InnerText = $Matches[1] }
    }

    foreach ($paragraph in $Maml.GetElementsByTagName('maml:para')) { $paragraph.InnerText = $paragraph.InnerText.Replace('`', '') }
}

# Indented, and the same on every system.
function ConvertTo-Text([xml] $Document) {
    $writer = [System.IO.StringWriter]::new()
    $settings = [System.Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; OmitXmlDeclaration = $true }
    $xml = [System.Xml.XmlWriter]::Create($writer, $settings)
    $Document.Save($xml)
    $xml.Dispose()
    "<?xml version=`"1.0`" encoding=`"utf-8`"?>`n$writer"
}

try {
    if (-not $MamlOnly) {
        # Without the help it has: PlatyPS would add that to the text in the markdown.
        Copy-Item $Module (Join-Path $work module) -Recurse
        Remove-Item (Join-Path $work module en-US) -Recurse -ErrorAction Ignore
        Import-Module (Join-Path $work module OAuthPS.psd1)
        foreach ($command in Get-Command -Module OAuthPS) {
            $file = Join-Path $markdown "$($command.Name).md"
            if (Test-Path $file) {
                $null = Update-MarkdownCommandHelp -Path $file -NoBackup
            }
            else {
                $made = New-MarkdownCommandHelp -CommandInfo $command -OutputFolder $work -Force
                Copy-Item $made.FullName $file
            }

            Save-Text $file (Repair-Syntax (Get-Content -Raw $file))
        }
    }

    $made = Get-ChildItem $markdown -Filter *.md | Import-MarkdownCommandHelp | Export-MamlCommandHelp -OutputFolder $work -Force
    $null = New-Item -ItemType Directory -Force $OutputFolder
    $maml = [xml] (Get-Content -Raw ($made | Where-Object Name -EQ OAuthPS.dll-Help.xml).FullName)
    Repair-Maml $maml
    Save-Text (Join-Path $OutputFolder OAuthPS.dll-Help.xml) (ConvertTo-Text $maml)
}
finally {
    Remove-Item -LiteralPath $work -Recurse -Force
}
