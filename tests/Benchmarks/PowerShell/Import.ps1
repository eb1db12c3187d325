# One import in a fresh process, in milliseconds.
param ([Parameter(Mandatory)] [string] $Module)
$started = [System.Diagnostics.Stopwatch]::GetTimestamp()
Import-Module $Module
[System.Diagnostics.Stopwatch]::GetElapsedTime($started).TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
