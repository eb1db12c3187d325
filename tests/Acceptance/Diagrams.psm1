# The arrows of the diagrams in docs/providers, as a document has them and as the emulator's journal has them.

$ErrorActionPreference = 'Stop'

# What an arrow shows the value of: the words of the protocol. Of anything else it shows the name.
$script:Shown = 'grant_type', 'response_type', 'code_challenge_method', 'access_type'

# The diagrams of a page by the flow that their first line names: "%% AuthorizationCode".
function Get-Diagram([string] $Path) {
    foreach ($block in [regex]::Matches((Get-Content -Raw -LiteralPath $Path), '(?ms)^```mermaid\r?\n(.*?)^```')) {
        $lines = $block.Groups[1].Value -split '\r?\n'
        $server = [regex]::Match($block.Value, 'participant (\w+) as (?!PowerShell)').Groups[1].Value
        [pscustomobject]@{
            Flow   = [regex]::Match($block.Value, '%% (\w+)').Groups[1].Value
            # What the provider sees; what happens on this machine is not on the wire.
            Arrows = @($lines.Trim() -match "^\w+-?->>${server}: |^${server}-?->>\w+: " -replace "\b$server\b(?=: )", 'S' -replace "^$server\b", 'S')
        }
    }
}

# The requests and answers of a journal, two arrows each.
function Get-WireArrow([object[]] $Entry, [string] $Base) {
    for ($i = 0; $i -lt $Entry.Count; $i++) {
        $one = $Entry[$i]
        $path = $one.path.Substring($Base.Length)
        if ($one.method -eq 'GET' -and $one.responseHeaders.'Content-Type' -like 'text/html*') {
            # A person's sign-in: the page is the provider's affair, and the answer comes with the redirect that ends it.
            "U->>S: GET $path" + (Format-Pair $one.query '?' '&')
            $location = "$($Entry[++$i].responseHeaders.Location)"
            'S-->>U: to redirect_uri' + ($location.Contains('#') ? (Format-Pair ($location -split '#')[1] ', fragment ' '&') : (Format-Pair ($location -split '\?')[1] '?' '&'))
            continue
        }

        $parts = @(
            if ($one.requestBody -and $one.requestContentType -like '*form*') { Format-Pair $one.requestBody '' ', ' }
            foreach ($name in 'Authorization', 'spacebring-network-id') {
                $value = $one.requestHeaders.$name
                if ($value) { $name -eq 'Authorization' ? "Authorization: $(($value -split ' ')[0])" : $name }
            }
        )
        "P->>S: $($one.method) $path$(Format-Pair $one.query '?' '&')" + ($parts ? ": $($parts -join ', ')" : '')
        $answer = try { $one.responseBody | ConvertFrom-Json } catch { $null }
        $members = $answer -is [pscustomobject] -and ($answer.PSObject.Properties.Name -match 'token|client_id') ? ": $($answer.PSObject.Properties.Name -join ', ')" : ''
        "S-->>P: $($one.status)$members"
    }
}

function Format-Pair([string] $Encoded, [string] $Prefix, [string] $Separator) {
    if (-not $Encoded) { return '' }
    $names = foreach ($pair in $Encoded -split '&') {
        $name, $value = $pair -split '=', 2
        $name -in $script:Shown ? "$name=$value" : $name
    }
    $Prefix + ($names -join $Separator)
}

Export-ModuleMember -Function Get-Diagram, Get-WireArrow
