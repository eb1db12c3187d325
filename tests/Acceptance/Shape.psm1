# A value with every type in it as text, so that 1, 1.0 and '1' are three things.

function Get-Shape($Value) {
    if ($null -eq $Value) { return 'null' }
    $bare = $Value.psobject.BaseObject
    if ($bare -is [array]) { return "$($bare.GetType().Name)[$(($bare | ForEach-Object { Get-Shape $_ }) -join ', ')]" }
    if ($bare -is [datetime]) { return "$($bare.ToString('o')) ($($bare.Kind))" }
    if ($bare -is [string]) { return "'$(($bare.ToCharArray() | ForEach-Object { if ($_ -lt ' ' -or $_ -gt '~') { '\u{0:x4}' -f [int]$_ } else { $_ } }) -join '')'" }
    if ($bare -is [System.Xml.XmlNode]) { return "$($bare.GetType().Name) $($bare.OuterXml)" }
    if ($bare -is [System.Collections.IDictionary]) { return "$($bare.GetType().Name)@{$(($bare.GetEnumerator() | ForEach-Object { "$($_.Key) = $(Get-Shape $_.Value)" }) -join '; ')}" }
    if ($bare -is [System.Management.Automation.PSCustomObject]) { return "{$(($Value.psobject.Properties | ForEach-Object { "$($_.Name): $(Get-Shape $_.Value)" }) -join ', ')}" }
    "$($bare.GetType().Name) $([string]::Format([cultureinfo]::InvariantCulture, '{0}', $bare))"
}

Export-ModuleMember -Function Get-Shape
