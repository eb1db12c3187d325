<#
.SYNOPSIS
Makes session.svg: session.ps1 as it runs in a real terminal, against the emulator.

.DESCRIPTION
Needs a build, and script(1) of util-linux for the terminal. What the terminal was sent is drawn as it came: text, colours, nothing
else. build.ps1 -Task Picture builds first.
#>
[CmdletBinding()]
param (
    [string] $OutputPath = (Join-Path $PSScriptRoot session.svg),

    # The width of the terminal, in characters.
    [int] $Columns = 110
)
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot .. .. tests Acceptance Emulator.psm1)

# A character is this wide and a line this high, in the units of the picture.
$width = 8.4
$height = 19
$colours = @{ 30 = '#484f58'; 31 = '#ff7b72'; 32 = '#7ee787'; 33 = '#e3b341'; 34 = '#79c0ff'; 35 = '#d2a8ff'; 36 = '#76e3ea'; 37 = '#c9d1d9' }

function Invoke-Session([string] $Folder) {
    $module = Get-ModulePath
    $emulator = Start-Emulator
    try {
        Set-Emulator @{ tokenLifetimeSeconds = 4 }
        $start = Join-Path $Folder start.ps1
        Set-Content $start @"
`$client = [pscredential]::new('oa2-client-id_demo', (ConvertTo-SecureString blynk-secret -AsPlainText))
`$wrong = [pscredential]::new('oa2-client-id_demo', (ConvertTo-SecureString mistyped -AsPlainText))
`$emulator = '$($emulator.Url)'
Import-Module '$module'
`$tokens = `$null
`$tree = [System.Management.Automation.Language.Parser]::ParseFile('$(Join-Path $PSScriptRoot session.ps1)', [ref] `$tokens, [ref] `$null)
`$prompt = "`$(`$PSStyle.Foreground.BrightBlack)PS>`$(`$PSStyle.Reset) "
`$done = 0
foreach (`$statement in `$tree.EndBlock.Statements) {
    `$said = `$tokens.Where({ `$_.Kind -eq 'Comment' -and `$_.Extent.StartOffset -ge `$done -and `$_.Extent.StartOffset -lt `$statement.Extent.StartOffset })
    foreach (`$comment in `$said) { "`$prompt`$(`$PSStyle.Foreground.Green)`$(`$comment.Text)`$(`$PSStyle.Reset)" | Out-Host }
    "`$prompt`$(`$PSStyle.Foreground.BrightYellow)`$(`$statement.Extent.Text)`$(`$PSStyle.Reset)" | Out-Host
    try { . ([scriptblock]::Create(`$statement.Extent.Text)) | Out-Host } catch { `$_ | Out-Host }
    `$done = `$statement.Extent.EndOffset
}
"@
        $shell = (Get-PowerShellCommand | ForEach-Object { "'$_'" }) -join ' '
        script -qec "stty cols $Columns rows 100; $shell -NoProfile -NonInteractive -File '$start'" /dev/null
        if ($LASTEXITCODE -ne 0) { throw 'script(1) failed.' }
    }
    finally {
        Stop-Emulator
    }
}

# What is drawn of a line: words of one style each, with their row and column. A terminal goes on in the next row at its right edge.
function Get-Word([string] $Line) {
    $at = 0
    $colour = '#c9d1d9'
    $bold = $false
    foreach ($part in [regex]::Matches($Line, "`e\[([\d;]*)m|[^`e]+")) {
        if (-not $part.Groups[1].Success) {
            foreach ($piece in [regex]::Matches($part.Value, '\S+( \S+)*')) {
                $start = $at + $piece.Index
                for ($done = 0; $done -lt $piece.Length; $done += $room) {
                    $column = ($start + $done) % $Columns
                    $room = [Math]::Min($Columns - $column, $piece.Length - $done)
                    [pscustomobject]@{ Row = [Math]::Floor(($start + $done) / $Columns); Column = $column; Text = $piece.Value.Substring($done, $room); Colour = $colour; Bold = $bold }
                }
            }

            $at += $part.Length
            continue
        }

        foreach ($code in $part.Groups[1].Value -split ';') {
            switch ([int] $code) {
                0 { $colour = '#c9d1d9'; $bold = $false }
                1 { $bold = $true }
                { $_ -in 30..37 } { $colour = $colours[$_] }
                { $_ -in 90..97 } { $colour = $_ -eq 90 ? '#8b949e' : $colours[$_ - 60] }
            }
        }
    }
}

function ConvertTo-Svg([string[]] $Line) {
    $texts = [System.Collections.Generic.List[string]]::new()
    $row = 0
    foreach ($one in $Line) {
        $words = @(Get-Word $one)
        foreach ($word in $words) {
            $weight = $word.Bold ? ' font-weight="bold"' : ''
            $x = (20 + $word.Column * $width).ToString('0.#', [cultureinfo]::InvariantCulture)
            $length = ($word.Text.Length * $width).ToString('0.#', [cultureinfo]::InvariantCulture)
            $texts.Add("<text x=`"$x`" y=`"$(56 + ($row + $word.Row) * $height)`" textLength=`"$length`" fill=`"$($word.Colour)`"$weight>$([System.Security.SecurityElement]::Escape($word.Text))</text>")
        }

        $row += 1 + ($words ? ($words.Row | Measure-Object -Maximum).Maximum : 0)
    }

    $w = [int] ($Columns * $width + 40)
    $h = $row * $height + 58
    @"
<svg xmlns="http://www.w3.org/2000/svg" width="$w" height="$h" viewBox="0 0 $w $h" role="img" aria-label="A PowerShell session with OAuthPS">
<rect width="$w" height="$h" rx="10" fill="#0d1117"/>
<circle cx="22" cy="20" r="6" fill="#ff5f56"/><circle cx="42" cy="20" r="6" fill="#ffbd2e"/><circle cx="62" cy="20" r="6" fill="#27c93f"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
$($texts -join "`n")
</g>
</svg>
"@
}

$folder = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "oauthps-$([guid]::NewGuid())")).FullName
try {
    # What moves the cursor or sets modes draws nothing.
    $lines = (Invoke-Session $folder | Out-String) -replace "`e\[\?\d+[hl]|`e[=>]" -split '\r?\n'
}
finally {
    Remove-Item -LiteralPath $folder -Recurse -Force
}

# No two empty lines in a row, none at the ends.
$text = ($lines -join "`n").Trim() -replace '\n{3,}', "`n`n"
[IO.File]::WriteAllText($OutputPath, ((ConvertTo-Svg ($text -split '\n')) -join "`n") + "`n")
"$OutputPath has $(($text -split '\n').Count) lines."
