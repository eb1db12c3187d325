# A server on loopback for a test file: it answers as a script says, and keeps each request as it came over the wire.

$ErrorActionPreference = 'Stop'

$script:Server = $null

$script:Loop = {
    param($listener, $requests, $respond)

    function Read-Head($Stream) {
        $text = [System.Text.StringBuilder]::new()
        while (-not $text.ToString().EndsWith("`r`n`r`n") -and ($byte = $Stream.ReadByte()) -ge 0) { $null = $text.Append([char] $byte) }
        $text.ToString().Trim()
    }

    function Read-Body($Stream, [int] $Length) {
        $body = [byte[]]::new($Length)
        $Stream.ReadExactly($body, 0, $Length)
        , $body
    }

    while ($true) {
        $connection = $listener.AcceptTcpClient()
        try {
            $connection.ReceiveTimeout = 10000
            $stream = $connection.GetStream()
            $reader = [System.IO.BufferedStream]::new($stream)
            $line, $fields = (Read-Head $reader) -split "`r`n"
            if (-not $line) { continue }
            $method, $target, $version = $line -split ' '
            $headers = [ordered]@{}
            foreach ($field in $fields) {
                $name, $value = $field -split ': ?', 2
                $headers[$name] = $value
            }

            $request = [pscustomobject]@{
                Method  = $method
                Target  = $target
                Version = $version
                Headers = $headers
                Body    = Read-Body $reader ([int] $headers['Content-Length'])
                # How often the same was asked before.
                Before  = @($requests | Where-Object Target -EQ $target).Count
            }
            $requests.Enqueue($request)
            $response = & $respond $request
            $body = $response.body -is [byte[]] ? $response.body : [System.Text.Encoding]::UTF8.GetBytes("$($response.body)")
            $head = @("HTTP/1.1 $($response.status ?? 200) Status", "Content-Length: $($body.Length)", 'Connection: close')
            if ($response.type) { $head += "Content-Type: $($response.type)" }
            foreach ($name in $response.headers.Keys) { foreach ($value in $response.headers[$name]) { $head += "${name}: $value" } }
            $bytes = [System.Text.Encoding]::Latin1.GetBytes(($head -join "`r`n") + "`r`n`r`n")
            $stream.Write($bytes, 0, $bytes.Length)
            if ($method -ne 'HEAD') { $stream.Write($body, 0, $body.Length) }
        }
        catch { $requests.Enqueue([pscustomobject]@{ Method = "The server failed: $_"; Target = ''; Version = ''; Headers = @{}; Body = [byte[]]@() }) }
        finally { $connection.Dispose() }
    }
}

# The script gets each request, with Method, Target, Version, Headers, Body and Before, and gives a hashtable with status, type, headers
# and body, a text or bytes. It runs in a runspace of its own, and sees nothing but the request.
function Start-RecordingServer([scriptblock] $Respond) {
    $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
    $listener.Start()
    $requests = [System.Collections.Concurrent.ConcurrentQueue[psobject]]::new()
    $shell = [powershell]::Create().AddScript($script:Loop).AddArgument($listener).AddArgument($requests).AddArgument([scriptblock]::Create("$Respond"))
    $null = $shell.BeginInvoke()
    $script:Server = [pscustomobject]@{ Url = "http://127.0.0.1:$($listener.LocalEndpoint.Port)"; Listener = $listener; Requests = $requests; Shell = $shell }
    $script:Server.Url
}

function Stop-RecordingServer {
    if ($script:Server) {
        $script:Server.Listener.Stop()
        $script:Server.Shell.Dispose()
        $script:Server = $null
    }
}

# The requests since the last call of this, oldest first.
function Receive-Request {
    $requests = @($script:Server.Requests)
    $script:Server.Requests.Clear()
    $requests
}

# A request as lines of text: the bytes of the body as Latin-1 shows them, and the parts of a form without the boundary
# between them and without quotes, which may be left out.
function Get-RequestLine($Request) {
    "$($Request.Method) $([uri]::UnescapeDataString($Request.Target.Replace('+', ' '))) $($Request.Version)"
    $body = [System.Text.Encoding]::Latin1.GetString($Request.Body)
    $boundary = [regex]::Match("$($Request.Headers['Content-Type'])", 'boundary="?([^";]+)').Groups[1].Value
    foreach ($name in $Request.Headers.Keys | Sort-Object) {
        if ($name -notin 'Host', 'Content-Length') { "${name}: $($boundary ? $Request.Headers[$name] -replace [regex]::Escape($boundary), '…' : $Request.Headers[$name])" }
    }

    if ($boundary) {
        foreach ($part in $body -split "(?:^|`r`n)--$([regex]::Escape($boundary))(?:--)?`r`n" -ne '') {
            $head, $content = $part -split "`r`n`r`n", 2
            "part: $((($head -split "`r`n" | Sort-Object) -join ' | ').Replace('"', '')): $content"
        }
    }
    elseif ($body) { "body: $body" }
}

Export-ModuleMember -Function Start-RecordingServer, Stop-RecordingServer, Receive-Request, Get-RequestLine
