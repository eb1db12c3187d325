# Runs test files as loud as PowerShell can be, with a transcript, and leaves in the record's folder what nobody would see otherwise:
# every error of the run, and every object that a cmdlet put out, in every view. Invoke-Acceptance.ps1 starts it in a process of its
# own, and keeps what that says.
[Diagnostics.CodeAnalysis.SuppressMessage('PSAvoidGlobalVars', '', Justification = 'It has a process of its own, and says to all of it how loud to be.')]
param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $RecordPath)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'
. (Join-Path $PSScriptRoot Report.ps1)

# The helpers of the tests keep the emulator's journal there, and PowerShells that they start a transcript of their own.
$env:OAUTHPS_TEST_RECORD = $RecordPath

# Tests take what a cmdlet returns; this way it is kept as well. In modules, such as the helpers, it does not count.
$global:Recorded = [System.Collections.ArrayList]::new()
$global:PSDefaultParameterValues['*-OAuth*:OutVariable'] = '+global:Recorded'
$global:PSDefaultParameterValues['*-SpatiaFi*:OutVariable'] = '+global:Recorded'
$global:MaximumErrorCount = 32768

# What the tests send by themselves is not the module's; PowerShell would show all of it, its headers too.
foreach ($command in 'Invoke-RestMethod', 'Invoke-WebRequest') {
    foreach ($stream in 'Verbose', 'Debug') { $global:PSDefaultParameterValues["${command}:$stream"] = $false }
}

$null = Start-Transcript (Join-Path $RecordPath transcript.txt) -IncludeInvocationHeader
$global:VerbosePreference = $global:DebugPreference = $global:InformationPreference = 'Continue'
# What came of a file is kept at once: a suite that is ended loses no file that ended before.
$tests = foreach ($file in $Path -split ',') {
    $result = Invoke-TestFile (New-PesterContainer -Path $file)
    ConvertTo-Json (Get-Report $result $file) -Depth 4 | Set-Content -LiteralPath (Join-Path $RecordPath "report-$(Split-Path $file -LeafBase).json")
    $result.Tests
}

$global:VerbosePreference = $global:DebugPreference = $global:InformationPreference = 'SilentlyContinue'
$null = Stop-Transcript
$global:PSDefaultParameterValues.Clear()

& {
    "tests with output of their own: $(@($tests | Where-Object StandardOutput).Count)"
    $tests | ForEach-Object { $_.StandardOutput }
    "objects: $($Recorded.Count)"
    foreach ($object in $Recorded) {
        # Text is what -AsPlainText gives on purpose.
        if ($object -is [string]) { continue }
        $object
        "$object"
        $object | Format-List * -Force
        $object | Format-Table * -Force
        ConvertTo-Json $object -Depth 4 -WarningAction Ignore
    }
} *>&1 | Out-String -Width 10000 -Stream | Set-Content -LiteralPath (Join-Path $RecordPath objects.txt)

& {
    "errors: $($global:Error.Count)"
    foreach ($record in $global:Error) {
        $record | Format-List * -Force
        $record.Exception | Format-List * -Force
        Get-Error -InputObject $record
        "$($record.TargetObject)"
    }
} *>&1 | Out-String -Width 10000 -Stream | Set-Content -LiteralPath (Join-Path $RecordPath errors.txt)
