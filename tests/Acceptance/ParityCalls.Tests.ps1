# The same calls through Invoke-RestMethod and Invoke-OAuthRestMethod, at one server, give the same and send the same, line by line, but
# for the lines that a call lists as only theirs and only ours, with the reason for them.

BeforeDiscovery {
    $older = $PSVersionTable.PSVersion -lt [version] '7.6' ? 'The table is of PowerShell 7.6.' : ''
    $json = 'JSON is what APIs take'
    $kept = 'the token goes with redirects and links within the origin'
    $token = 'Authorization: Basic Y2xpZW50OnNlY3JldA=='
    $packed = 'the rest of a packed body cannot be unpacked'
    $nothing = 'nothing is nothing, and no empty text'
    $calls = @(
        @{ Name = 'a GET'; Address = '/json'; With = { @{} } }
        @{ Name = 'a GET with a hashtable'; Address = '/json?z=1'; With = { @{ Body = [ordered]@{ a = 'x y'; b = 'ä&=+' } } } }
        @{ Name = 'a GET with a list in a hashtable'; With = { @{ Body = @{ a = 1, 2 } } }
            Because = 'a list is sent once for each of its items'
            OnlyTheirs = @('GET /json?a=System.Object[] HTTP/1.1')
            OnlyOurs = @('GET /json?a=1&a=2 HTTP/1.1')
        }
        @{ Name = 'a GET with a date in a hashtable'; With = { @{ Body = @{ a = [datetime]::new(2026, 3, 1, 0, 0, 0, [DateTimeKind]::Utc) } } }
            Because = 'a date is one in every culture'
            OnlyTheirs = @('GET /json?a=03/01/2026 00:00:00 HTTP/1.1')
            OnlyOurs = @('GET /json?a=2026-03-01T00:00:00.0000000Z HTTP/1.1')
        }
        @{ Name = 'a POST of text'; With = { @{ Method = 'Post'; Body = '{"a":"ä"}' } }
            Because = $json
            OnlyTheirs = @('Content-Type: application/x-www-form-urlencoded')
            OnlyOurs = @('Content-Type: application/json; charset=utf-8')
        }
        @{ Name = 'a POST of JSON'; With = { @{ Method = 'Post'; Body = '{"a":"ä"}'; ContentType = 'application/json' } } }
        @{ Name = 'a POST of a hashtable'; With = { @{ Method = 'Post'; Body = @{ a = 'x y' } } }
            Because = $json
            OnlyTheirs = @('Content-Type: application/x-www-form-urlencoded', 'body: a=x+y')
            OnlyOurs = @('Content-Type: application/json; charset=utf-8', 'body: {"a":"x y"}')
        }
        @{ Name = 'a POST without a body'; With = { @{ Method = 'Post' } }
            Because = 'what is not there has no type'
            OnlyTheirs = @('Content-Type: application/x-www-form-urlencoded')
        }
        @{ Name = 'a PUT of form fields'; With = { @{ Method = 'Put'; Body = [ordered]@{ a = 'x y&'; b = 'ä' }; ContentType = 'application/x-www-form-urlencoded' } } }
        @{ Name = 'a POST of bytes'; With = { @{ Method = 'Post'; Body = [byte[]](0, 1, 254, 255); ContentType = 'application/octet-stream' } } }
        @{ Name = 'a POST of bytes without a type'; With = { @{ Method = 'Post'; Body = [byte[]](0, 1, 254, 255) } }
            Because = $json
            OnlyTheirs = @('Content-Type: application/x-www-form-urlencoded')
            OnlyOurs = @('Content-Type: application/json; charset=utf-8')
        }
        @{ Name = 'a POST of a file'; With = { @{ Method = 'Post'; Body = Get-Item $notes; ContentType = 'text/plain' } }
            Because = 'a file is its content'
            OnlyTheirs = @('body: notes.txt')
            OnlyOurs = @("body: one`ntwo")
        }
        @{ Name = 'a PUT of -InFile'; With = { @{ Method = 'Put'; InFile = $notes } }
            Because = 'a file has a type'
            OnlyOurs = @('Content-Type: application/octet-stream')
        }
        @{ Name = 'a PUT of -InFile with a type'; With = { @{ Method = 'Put'; InFile = $notes; ContentType = 'text/plain' } } }
        @{ Name = 'a POST of a form with text, a list and a file'; With = { @{ Method = 'Post'; Form = [ordered]@{ title = 'Grün'; tag = 'a', 'b'; file = Get-Item $notes } } }
            Because = 'it is written as browsers do'
            OnlyTheirs = @('Content-Type: multipart/form-data; boundary="…"'
                "part: Content-Disposition: form-data; name=file; filename=notes.txt; filename*=utf-8''notes.txt | Content-Type: application/octet-stream: one`ntwo")
            OnlyOurs = @('Content-Type: multipart/form-data; boundary=…'
                "part: Content-Disposition: form-data; name=file; filename=notes.txt | Content-Type: application/octet-stream: one`ntwo")
        }
        @{ Name = 'a POST of XML'; With = { @{ Method = 'Post'; Body = [xml]'<a>ä</a>'; ContentType = 'application/xml' } } }
        @{ Name = 'a POST of text in Latin-1'; With = { @{ Method = 'Post'; Body = 'ä'; ContentType = 'text/plain; charset=iso-8859-1' } } }
        @{ Name = 'a POST of an object'; With = { @{ Method = 'Post'; Body = [pscustomobject]@{ a = 1 }; ContentType = 'application/json' } }
            Because = 'an object is JSON'
            OnlyOurs = @('body: {"a":1}')
        }
        @{ Name = 'a method of the API''s own'; With = { @{ CustomMethod = 'PURGE' } } }
        @{ Name = 'a method in small letters'; With = { @{ CustomMethod = 'purge' } }
            Because = 'the names of methods have a case (RFC 9110 section 9.1)'
            OnlyTheirs = @('PURGE /json HTTP/1.1')
            OnlyOurs = @('purge /json HTTP/1.1')
        }
        @{ Name = 'a HEAD'; Address = '/json'; With = { @{ Method = 'Head' } }
            Because = $nothing
            OnlyTheirs = @("result: ''")
            OnlyOurs = @('result: null')
        }
        @{ Name = 'a User-Agent'; With = { @{ UserAgent = 'inventory/1.2' } } }
        @{ Name = 'a header with a list'; With = { @{ Headers = @{ 'X-Kind' = 'a', 'b' } } }
            Because = 'a list is one header, its items separated by commas'
            OnlyTheirs = @('X-Kind: System.Object[]')
            OnlyOurs = @('X-Kind: a, b')
        }
        @{ Name = 'headers with other values'; With = { @{ Headers = @{ 'X-Number' = 7; 'X-Nothing' = $null; 'Accept' = 'text/csv' } } } }
        @{ Name = 'Content-Type among the headers'; With = { @{ Method = 'Post'; Body = 'a,b'; Headers = @{ 'Content-Type' = 'text/csv' } } } }
        @{ Name = 'a header that is refused by its grammar, unchecked'; With = { @{ Headers = @{ 'If-Match' = 'no quotes' }; SkipHeaderValidation = $true } } }
        @{ Name = 'HTTP 1.0'; With = { @{ HttpVersion = '1.0' } } }
        @{ Name = 'a connection that is closed'; With = { @{ DisableKeepAlive = $true } }
            Because = 'the options of Connection have no case (RFC 9110 section 7.6.1)'
            OnlyTheirs = @('Connection: Close')
            OnlyOurs = @('Connection: close')
        }
        @{ Name = 'text'; Address = '/text'; With = { @{} } }
        @{ Name = 'text in Latin-1'; Address = '/latin1'; With = { @{} } }
        @{ Name = 'XML'; Address = '/xml'; With = { @{} } }
        @{ Name = 'bytes'; Address = '/bytes'; With = { @{} }
            Because = 'what is no text is bytes'
            OnlyTheirs = @("result: '\u0000\u0001\ufffd\ufffd'")
            OnlyOurs = @('result: Byte[][Byte 0, Byte 1, Byte 254, Byte 255]')
        }
        @{ Name = 'nothing'; Address = '/none'; With = { @{} }
            Because = $nothing
            OnlyTheirs = @("result: ''")
            OnlyOurs = @('result: null')
        }
        @{ Name = 'a redirect within the origin'; Address = '/redirect?status=302'; With = { @{} }
            Because = $kept
            OnlyOurs = @($token)
        }
        @{ Name = 'a redirect of a POST with 303'; Address = '/redirect?status=303'; With = { @{ Method = 'Post'; Body = 'a'; ContentType = 'text/plain' } }
            Because = $kept
            OnlyOurs = @($token)
        }
        @{ Name = 'a redirect of a POST with 302'; Address = '/redirect?status=302'; With = { @{ Method = 'Post'; Body = 'a'; ContentType = 'text/plain' } }
            Because = 'a POST that has become a GET did not do what it was sent for'
            OnlyTheirs = @("result: {id: Int64 1, name: '\u0141\u00f3d\u017a', list: Object[][Int64 1, Double 2.5, null]}", 'GET /json HTTP/1.1', 'Accept-Encoding: gzip, deflate, br')
            OnlyOurs = @('error: The server answers the API call with the redirect 302, which would turn POST into GET.', 'error status: 0')
        }
        @{ Name = 'a redirect of a POST with 307'; Address = '/redirect?status=307'; With = { @{ Method = 'Post'; Body = 'a'; ContentType = 'text/plain' } }
            Because = $kept
            OnlyOurs = @($token)
        }
        @{ Name = 'a redirect of a POST that stays one'; Address = '/redirect?status=302'; With = { @{ Method = 'Post'; Body = 'a'; ContentType = 'text/plain'; PreserveHttpMethodOnRedirect = $true } }
            Because = 'the method keeps its body, and the token goes with it'
            OnlyOurs = @($token, 'Content-Type: text/plain', 'body: a')
        }
        @{ Name = 'a redirect that is not followed'; Address = '/redirect?status=302'; With = { @{ MaximumRedirection = 0; SkipHttpErrorCheck = $true; ErrorAction = 'Ignore' } }
            Because = $nothing
            OnlyTheirs = @("result: ''")
            OnlyOurs = @('result: null')
        }
        @{ Name = 'linked pages'; Address = '/linked?page=1'; With = { @{ FollowRelLink = $true } }
            Because = $kept
            OnlyOurs = @($token, $token)
        }
        @{ Name = 'two linked pages'; Address = '/linked?page=1'; With = { @{ FollowRelLink = $true; MaximumFollowRelLink = 2 } }
            Because = $kept
            OnlyOurs = @($token)
        }
        @{ Name = 'a refusal'; Address = '/refused'; With = { @{} }
            Because = 'the body is as the API sent it'
            OnlyTheirs = @('error: |{|  "error": {|    "code": "bad",|    "message": "The title is missing."|  }|}')
            OnlyOurs = @('error: {"error":{"code":"bad","message":"The title is missing."}}')
        }
        @{ Name = 'a refusal that is a response, with its status and headers'; Address = '/refused'; With = { @{ SkipHttpErrorCheck = $true; StatusCodeVariable = 'status'; ResponseHeadersVariable = 'fields' } } }
        @{ Name = 'status and headers'; Address = '/json'; With = { @{ StatusCodeVariable = 'status'; ResponseHeadersVariable = 'fields' } } }
        @{ Name = 'a file'; Address = '/file'; With = { @{ OutFile = $target } } }
        @{ Name = 'a file in a folder'; Address = '/file'; With = { @{ OutFile = $folder } } }
        @{ Name = 'a file and the response'; Address = '/json'; With = { @{ OutFile = $target; PassThru = $true } } }
        @{ Name = 'the rest of a file'; Address = '/file'; Part = 'abc'; With = { @{ OutFile = $target; Resume = $true } }
            Because = $packed
            OnlyTheirs = @('Accept-Encoding: gzip, deflate, br')
            OnlyOurs = @('Accept-Encoding: identity, gzip; q=0.0, deflate; q=0.0, br; q=0.0')
        }
        @{ Name = 'a file that is there whole'; Address = '/file'; Part = 'abcdef'; With = { @{ OutFile = $target; Resume = $true } }
            Because = "$packed, and $nothing"
            OnlyTheirs = @('Accept-Encoding: gzip, deflate, br', "result: ''")
            OnlyOurs = @('Accept-Encoding: identity, gzip; q=0.0, deflate; q=0.0, br; q=0.0', 'result: null')
        }
        @{ Name = 'a call that is made again'; Address = '/busy'; With = { @{ MaximumRetryCount = 1; RetryIntervalSec = 1 } } }
        @{ Name = 'a POST that is made again'; Address = '/busy'; With = { @{ Method = 'Post'; Body = 'a'; ContentType = 'text/plain'; MaximumRetryCount = 1; RetryIntervalSec = 1 } } }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Join-Path $PSScriptRoot RecordingServer.psm1) -Force
    Import-Module (Join-Path $PSScriptRoot Shape.psm1) -Force
    Import-Module (Get-ModulePath)
    $url = Start-RecordingServer {
        param($request)
        switch -Regex ($request.Target) {
            '^/text' { @{ type = 'text/plain'; body = 'plain' } }
            '^/latin1' { @{ type = 'text/plain; charset=iso-8859-1'; body = [byte[]](0xe4) } }
            '^/xml' { @{ type = 'application/xml'; body = '<a><b>1</b></a>' } }
            '^/bytes' { @{ type = 'application/octet-stream'; body = [byte[]](0, 1, 254, 255) } }
            '^/none' { @{ status = 204 } }
            'status=(\d+)' { @{ status = [int] $Matches[1]; headers = @{ Location = '/json' } } }
            'page=(\d)' {
                $page = [int] $Matches[1]
                $link = $page -lt 3 ? @{ Link = "</linked?page=$($page + 1)>; rel=`"next`", </linked?page=3>; rel=`"last`"" } : @{}
                @{ type = 'application/json'; headers = $link; body = "{`"page`":$page}" }
            }
            '^/refused' { @{ status = 422; type = 'application/json'; headers = @{ 'X-Trace' = 't-1' }; body = '{"error":{"code":"bad","message":"The title is missing."}}' } }
            '^/file' {
                if ($request.Headers['Range'] -eq 'bytes=3-') { @{ status = 206; type = 'text/plain'; headers = @{ 'Content-Range' = 'bytes 3-5/6' }; body = 'def' } }
                elseif ($request.Headers['Range']) { @{ status = 416; headers = @{ 'Content-Range' = 'bytes */6' } } }
                else { @{ type = 'text/plain'; body = 'abcdef' } }
            }
            '^/busy' { $request.Before -eq 0 ? @{ status = 503; type = 'text/plain'; body = 'busy' } : @{ type = 'application/json'; body = '{"made":true}' } }
            default { @{ type = 'application/json'; headers = @{ 'X-Trace' = 't-1' }; body = '{"id":1,"name":"Łódź","list":[1,2.5,null]}' } }
        }
    }
    $folder = Join-Path $TestDrive calls
    $notes = Join-Path $TestDrive notes.txt
    Set-Content -LiteralPath $notes -Value "one`ntwo" -NoNewline
    $null = Connect-OAuthProvider Spacebring -Name parity -ServiceUrl $url -ClientCredential (New-Credential 'client' 'secret')

    # What one of the two did, as lines: each request as it came to the server, what came back, and what is in the file.
    function Get-Trace([scriptblock] $Call, [string] $Part) {
        $null = Remove-Item $folder -Recurse -ErrorAction Ignore
        $null = New-Item -ItemType Directory $folder
        $target = Join-Path $folder target.txt
        if ($Part) { Set-Content $target $Part -NoNewline }
        $status = $fields = $null
        $null = Receive-Request
        try { $result = . $Call; "result: $(Get-Shape $result)" }
        catch {
            "error: $($_.ErrorDetails.Message -replace '\r?\n', '|')"
            "error status: $([int] $_.Exception.Response.StatusCode)"
        }

        if ($null -ne $status) { "status: $(Get-Shape $status)" }
        if ($fields) { "headers: $($fields['X-Trace'] | ForEach-Object { Get-Shape $_ }), $(Get-Shape $fields['Content-Type'])" }
        foreach ($file in Get-ChildItem $folder) { "file: $($file.Name) $(Get-Content -Raw $file)" }
        foreach ($request in Receive-Request) { (Get-RequestLine $request) -notmatch '^User-Agent: (Mozilla|OAuthPS)/|^Accept: application/json, \*/\*;q=0.5$' -replace [regex]::Escape($notes), 'notes.txt' }
    }
}

AfterAll {
    Get-OAuthSession parity | Disconnect-OAuthProvider
    Stop-RecordingServer
}

Describe 'A call through both' -Skip:([bool] $older) -Tag $older {
    It 'gives and sends the same with <Name>' -ForEach $calls {
        $address = "$url$($Address ?? '/json')"
        $theirs = Get-Trace -Part $Part {
            $with = & $With
            $with.Headers = (Get-OAuthRequestHeader) + ($with.Headers ?? @{})
            Invoke-RestMethod $address @with
        }
        $ours = Get-Trace -Part $Part {
            $with = & $With
            Invoke-OAuthRestMethod $address -Session parity @with
        }
        $difference = @(Compare-Object $theirs $ours -CaseSensitive)
        ($difference | Where-Object SideIndicator -EQ '<=').InputObject | Sort-Object | Should -BeExactly ($OnlyTheirs | Sort-Object) -Because $Because
        ($difference | Where-Object SideIndicator -EQ '=>').InputObject | Sort-Object | Should -BeExactly ($OnlyOurs | Sort-Object) -Because $Because
    }

    It 'says what it is, and what it would like' {
        $null = Receive-Request
        $null = Invoke-OAuthRestMethod "$url/json" -Session parity
        $sent = (Receive-Request).Headers
        $sent['User-Agent'] | Should -BeLike 'OAuthPS/*'
        $sent['Accept'] | Should -BeExactly 'application/json, */*;q=0.5'
    }
}
