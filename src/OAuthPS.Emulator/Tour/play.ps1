#requires -Version 7.4
# Types a script as a person would: prints each statement after a prompt, runs it, and shows what came back.
[CmdletBinding()]
param (
    [Parameter(Mandatory)] [string] $Script,
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Emulator
)
$ErrorActionPreference = 'Stop'
if ([Console]::IsOutputRedirected) {
    $PSStyle.OutputRendering = 'PlainText'
}
function Write-Typed([string] $Text) {
    "PS> $($PSStyle.Bold)$Text$($PSStyle.Reset)" | Out-Default
}

Write-Typed "`$emulator = '$Emulator'"
Write-Typed "Import-Module $(Resolve-Path -LiteralPath $Module -Relative)"
Import-Module $Module -Verbose:$false
$tokens = $null
$problems = $null
$tree = [System.Management.Automation.Language.Parser]::ParseFile($Script, [ref] $tokens, [ref] $problems)
$comments = $tokens.Where({ $_.Kind -eq 'Comment' })
$done = 0
try {
    foreach ($statement in $tree.EndBlock.Statements) {
        $start = $statement.Extent.StartOffset
        $said = $comments.Where({ $_.Extent.StartOffset -ge $done -and $_.Extent.StartOffset -lt $start })
        if ($said) {
            '' | Out-Default
            $said.ForEach({ $PSStyle.Foreground.Green + $_.Text + $PSStyle.Reset }) | Out-Default
        }
        Write-Typed $statement.Extent.Text
        . ([scriptblock]::Create($statement.Extent.Text)) | Out-Default
        $done = $statement.Extent.EndOffset
    }
}
catch {
    $_ | Out-Default
    [Console]::Error.WriteLine('The tour ends here: the last command failed.')
    exit 1
}
