# A PowerShell that does what it is told, line by line, and answers each line with one: so that a test can have several at once.
# A line is a script in base64; the answer is "=" and base64 of {"output":[…]} or {"error":id,"message":…}.
param([string] $Module)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$ConfirmPreference = 'None'
Import-Module $Module
if ($env:OAUTHPS_TEST_RECORD) {
    $null = Start-Transcript (Join-Path $env:OAUTHPS_TEST_RECORD "transcript-$PID.txt")
    $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'

    # What a script sends by itself is not the module's; PowerShell would show all of it, its headers too.
    foreach ($command in 'Invoke-RestMethod', 'Invoke-WebRequest') {
        foreach ($stream in 'Verbose', 'Debug') { $PSDefaultParameterValues["${command}:$stream"] = $false }
    }
}

while ($null -ne ($line = [Console]::In.ReadLine())) {
    $script = [scriptblock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($line)))
    $answer = try {
        @{ output = @(. $script) }
    }
    catch {
        @{ error = "$($_.FullyQualifiedErrorId)"; message = "$($_.Exception.Message)" }
    }

    if ($env:OAUTHPS_TEST_RECORD -and $Error.Count) {
        & { $Error | Format-List * -Force; foreach ($record in $Error) { $record.Exception | Format-List * -Force; Get-Error -InputObject $record } } *>&1 |
            Out-String -Width 10000 | Add-Content -LiteralPath (Join-Path $env:OAUTHPS_TEST_RECORD "errors-$PID.txt")
        $Error.Clear()
    }

    $json = ConvertTo-Json $answer -Depth 3 -Compress -WarningAction Ignore
    [Console]::Out.WriteLine('=' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json)))
}
