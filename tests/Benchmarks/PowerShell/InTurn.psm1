# A sample is some calls in a row where one is too short for the clock. Each turn begins with another one, so that whatever befalls
# the first of a turn befalls all.
function Measure-InTurn([System.Collections.Specialized.OrderedDictionary] $Block, [int] $Calls, [int] $Samples, [int] $WarmUp = 50) {
    $result = [ordered]@{}
    $names = @($Block.Keys)
    foreach ($name in $names) { $result[$name] = [System.Collections.Generic.List[double]]::new() }
    for ($sample = -$WarmUp; $sample -lt $Samples; $sample++) {
        for ($i = 0; $i -lt $names.Count; $i++) {
            $name = $names[($i + $sample + $WarmUp) % $names.Count]
            $body = $Block[$name]
            $started = [System.Diagnostics.Stopwatch]::GetTimestamp()
            & $body $Calls
            $elapsed = [System.Diagnostics.Stopwatch]::GetElapsedTime($started).TotalMicroseconds
            if ($sample -ge 0) { $result[$name].Add($elapsed / $Calls) }
        }
    }

    $result
}

Export-ModuleMember -Function Measure-InTurn
