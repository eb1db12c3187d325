# Finds the secrets of the emulator in whatever was recorded: by their mark, their form, their value, and their name on the wire.

$ErrorActionPreference = 'Stop'

# How every secret begins that the emulator makes up (SecretText.Mark).
$script:Mark = 'emulated_'

# What a text becomes in base64, wherever in it the text stands: three bytes are four characters, so it begins at one of three
# places, and the characters that its neighbours take part in are left out.
function Get-Base64Form([string] $Text) {
    foreach ($before in 0..2) {
        $bytes = [byte[]]::new($before) + [System.Text.Encoding]::UTF8.GetBytes($Text)
        $whole = [Convert]::ToBase64String($bytes[0..($bytes.Length - $bytes.Length % 3 - 1)])
        $whole.Substring($before -eq 0 ? 0 : 4)
    }
}

function Get-Form([string] $Secret) {
    $Secret
    [uri]::EscapeDataString($Secret)
    [uri]::EscapeDataString($Secret).Replace('%20', '+')
    [System.Text.Json.JsonEncodedText]::Encode($Secret).ToString()
    Get-Base64Form $Secret
}

# Every form of the secrets given, of the demo accounts', and of the mark.
function Get-SecretForm([hashtable] $Account, [string[]] $Secret) {
    # Spacebring's is the words "client secret", which any sentence may have: with its client's name it is no sentence.
    $demo = $Account.Values | Where-Object { $_ -is [pscredential] } | ForEach-Object {
        $password = $_.GetNetworkCredential().Password
        if ($password -ne 'client secret') { $password }
        "$($_.UserName):$password"
    }
    @($demo) + $Secret + $script:Mark | Where-Object { $_ } | ForEach-Object { Get-Form $_ } | Sort-Object -Unique -CaseSensitive
}

# Where a secret is found, without its being shown once more.
function Find-Secret([string] $Text, [string[]] $Form) {
    # A host breaks long lines, also in the middle of a secret.
    foreach ($read in $Text, ($Text -replace '\r?\n')) {
        foreach ($secret in $Form) {
            for ($at = $read.IndexOf($secret, [StringComparison]::Ordinal); $at -ge 0; $at = $read.IndexOf($secret, $at + 1, [StringComparison]::Ordinal)) {
                $from = [Math]::Max(0, $at - 160)
                "$($read.Substring($from, $at - $from))<a secret, of which $($secret.Length) characters are known>"
            }
        }

        # Assertions and tokens alike; and what stands on the wire where a secret does, whoever made it.
        foreach ($match in [regex]::Matches($read, 'eyJ[\w-]{8,}\.eyJ[\w-]{8,}')) { "$($read.Substring([Math]::Max(0, $match.Index - 160), [Math]::Min(160, $match.Index)))<a JWT>" }
        foreach ($match in [regex]::Matches($read, '(?<![\w-])(client_secret|password|code|code_verifier|refresh_token|access_token|id_token|client_assertion|assertion|device_code)=(?!\*\*\*)[\w%.+~-]{8,}')) {
            "$($read.Substring([Math]::Max(0, $match.Index - 160), [Math]::Min(160, $match.Index)))$($match.Groups[1].Value)=<a value>"
        }
    }
}

Export-ModuleMember -Function Find-Secret, Get-SecretForm, Get-Form
