BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Join-Path $PSScriptRoot Shape.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
    Reset-Emulator
    $session = Connect-Spacebring
    $headers = Get-OAuthRequestHeader

    function Get-PeerShape([string] $Body, [string] $Type) {
        Add-Fault @{ path = '/spacebring/t'; body = $Body; contentType = $Type }
        $gave = Invoke-RestMethod "$($emulator.Spacebring)/t" -Headers $headers
        Get-Shape $gave
    }

    function Get-OwnShape([string] $Body, [string] $Type) {
        Add-Fault @{ path = '/spacebring/t'; body = $Body; contentType = $Type }
        $gave = Invoke-OAuthRestMethod /t
        Get-Shape $gave
    }

    # Of the given seed; whole documents, with names and texts that repeat and differ.
    function New-RandomJson([random] $Random, [int] $Depth = 0) {
        switch ($Random.Next($Depth -lt 4 ? 12 : 8)) {
            0 { 'null' }
            1 { 'true', 'false' | Select-Object -Index $Random.Next(2) }
            2 { [string]$Random.NextInt64([long]::MinValue, [long]::MaxValue) }
            3 { $Random.NextDouble().ToString('R', [cultureinfo]::InvariantCulture) }
            4 { '{0}{1}e{2}' -f $Random.Next(1, 9), (-join (1..$Random.Next(1, 40) | ForEach-Object { $Random.Next(10) })), $Random.Next(-20, 20) }
            5 { -join ('-', '' | Select-Object -Index $Random.Next(2)) + $Random.Next(1, 9) + (-join (1..$Random.Next(1, 40) | ForEach-Object { $Random.Next(10) })) }
            6 { '"{0}"' -f (-join (1..$Random.Next(1, 9) | ForEach-Object { 'a', 'é', '\n', '\u00e9', '\ud83d\ude00', '😀', '\\', '\"', '/', '\/', ' ' | Select-Object -Index $Random.Next(11) })) }
            7 {
                '"{0:d4}-{1:d2}-{2:d2}T{3:d2}:{4:d2}:{5:d2}{6}{7}"' -f $Random.Next(10000), $Random.Next(14), $Random.Next(33), $Random.Next(25), $Random.Next(61), $Random.Next(61),
                ('', '.1', '.1234567', '.12345678', '.' | Select-Object -Index $Random.Next(5)), ('', 'Z', 'z', '+02:00', '-0530', '+01', '+1', ' ' | Select-Object -Index $Random.Next(8))
            }
            { $_ -in 8, 9 } { "[$((1..$Random.Next(1, 5) | ForEach-Object { New-RandomJson $Random ($Depth + 1) }) -join ',')]" }
            default { "{$((1..$Random.Next(1, 5) | ForEach-Object { '"{0}{1}": {2}' -f ('id', 'na\u006de', 'größe', '2026-01-01T00:00:00Z', '$ref' | Select-Object -Index $Random.Next(5)), $_, (New-RandomJson $Random ($Depth + 1)) }) -join ' , ')}" }
        }
    }
}

AfterAll { Stop-Emulator }

Describe 'A response' {
    It 'is what Invoke-RestMethod gives: <_>' -ForEach @(
        '{"id":1,"name":"a","none":null,"yes":true,"no":false}'
        '{"b":1,"a":2,"c":{"z":{},"y":[]}}'
        '[1,[2,[3]],[],{}]'
        '[0,-0,-0.0,1.0,1.5,1e3,1E400,-1e400,1e-400,0.1234567890123456789012345]'
        '[9223372036854775807,9223372036854775808,-9223372036854775809,123456789012345678901234567890]'
        '{"a":"2026-03-01T12:30:15","b":"2026-03-01T12:30:15.1234567Z","c":"2026-07-01T12:30:15+02:00","d":"2026-03-01T12:30:15-0530","e":"2026-03-01T24:00:00"}'
        '["2026-03-01","2026-03-01 12:30:15Z","2026-02-30T00:00:00Z","2026-03-01t12:30:15z","2026-03-01T12:30:15.12345678Z","2026-03-01T12:30:60Z","0000-01-01T00:00:00Z"]'
        '["/Date(1577934245000)/","\/Date(1577934245000+0200)\/","/Date()/","/Date(1+2)/","/Date(+1)/","/Date(1x)/"]'
        '["\ud83d\ude00","\ud800","\u0000","\u20ac","a\/b"]'
        '{"a":1,"a":2,"b":3,"a":4}'
        '{"2026-03-01T12:30:15Z":1,"$type":"x","$ref":"#/a","Count":2,"Length":3,"__proto__":4,"psobjects":5}'
        '/* of */ {"a":1,} // a line'
        '[NaN,Infinity,-Infinity]'
        "{`"a`":`"of`ttwo`nlines`"}"
        'OK'
        '"text"'
        '7'
        'true'
        'null'
    ) {
        Get-OwnShape $_ application/json | Should -BeExactly (Get-PeerShape $_ application/json)
    }

    It 'is what ConvertFrom-Json makes of random JSON, of seed <_>' -ForEach (1..4) {
        $random = [random]::new($_)
        $json = "[$((1..40 | ForEach-Object { New-RandomJson $random }) -join ",`n")]"
        Get-OwnShape $json application/json | Should -BeExactly (Get-Shape (ConvertFrom-Json $json -NoEnumerate))
    }

    # Where it differs, so that nothing is lost.
    It 'is not what Invoke-RestMethod gives: <Name>' -ForEach @(
        @{ Name = 'an empty name'; Body = '{"":1,"in":{"b":2}}'; Ours = 'OrderedDictionary@{ = Int64 1; in = {b: Int64 2}}' }
        @{ Name = 'names that differ in their case'; Body = '[{"id":1},{"id":2,"ID":3}]'; Ours = 'Object[][{id: Int64 1}, OrderedDictionary@{id = Int64 2; ID = Int64 3}]' }
        @{ Name = 'a name that PowerShell keeps for itself'; Body = '{"PSObject":1}'; Ours = 'OrderedDictionary@{PSObject = Int64 1}'; Fails = $true }
        @{ Name = 'a line for each object'; Body = "{`"a`":1}`n{`"a`":2}`r`n"; Ours = 'Object[][{a: Int64 1}, {a: Int64 2}]' }
        @{ Name = 'a line for each list'; Body = "[1,2]`n"; Type = 'application/x-ndjson'; Ours = 'Object[][Int64 1, Int64 2]'; Same = $true }
        @{ Name = 'more digits than BigInteger reads at once'; Body = "[$('1' * 381)]"; Ours = "'$('1' * 381)'" }
        @{ Name = 'plain text that could be a number'; Body = '007'; Type = 'text/plain'; Ours = "'007'" }
        @{ Name = 'XML that says to be text'; Body = '<a/>'; Type = 'text/plain'; Ours = "'<a/>'" }
        @{ Name = 'the beginning of JSON in plain text'; Body = '[1'; Type = 'text/plain'; Ours = "'[1'" }
        @{ Name = 'nothing but blanks'; Body = " `n"; Ours = 'null' }
    ) {
        $type = $Type ? $Type : 'application/json'
        Get-OwnShape $Body $type | Should -BeExactly $Ours
        $theirs = try { Get-PeerShape $Body $type } catch { 'fails' }
        if ($Same) { $theirs | Should -BeExactly $Ours } else { $theirs | Should -Not -BeExactly $Ours }
        if ($Fails) { $theirs | Should -Be 'fails' }
    }

    It 'that is a list goes down the pipeline item by item, and one of lines line by line' {
        Add-Fault @{ path = '/spacebring/t'; body = '[{"a":1},{"a":2}]'; contentType = 'application/json' }
        (Invoke-OAuthRestMethod /t | Measure-Object).Count | Should -Be 2
        Add-Fault @{ path = '/spacebring/t'; body = "[1,2]`n[3]"; contentType = 'application/jsonl' }
        (Invoke-OAuthRestMethod /t | ForEach-Object { $_.Count }) | Should -Be 2, 1
        Add-Fault @{ path = '/spacebring/t'; body = '[1,2]'; contentType = 'application/jsonl' }
        (Invoke-OAuthRestMethod /t | Measure-Object).Count | Should -Be 1
    }

    It 'that is no JSON and says so is an error: <_>' -ForEach @(
        "{'a':1}", '{a:1}', '[1,,2]', '[01]', '[0x1F]', '[.5]', '[+1]', '[undefined]', '{"a":1', '{"a":1} x', "{`"a`":1}`n{`"b`"", '"\x"', '<html></html>'
    ) {
        Add-Fault @{ path = '/spacebring/t'; body = $_; contentType = 'application/json' }
        (Get-Failure { Invoke-OAuthRestMethod /t }).FullyQualifiedErrorId | Should -BeLike 'ResponseNotJson,*'
    }

    It 'is read to a depth of 1024, and no further' {
        Add-Fault @{ path = '/spacebring/t'; body = '[' * 1024 + ']' * 1024; contentType = 'application/json' }
        $deep = Invoke-OAuthRestMethod /t
        $depth = 1
        while ($null -ne $deep -and $deep.Count) { $depth++; $deep = $deep[0] }
        $depth | Should -BeGreaterThan 1000
        Add-Fault @{ path = '/spacebring/t'; body = '[' * 1025 + ']' * 1025; contentType = 'application/json' }
        (Get-Failure { Invoke-OAuthRestMethod /t }).FullyQualifiedErrorId | Should -BeLike 'ResponseNotJson,*'
    }

    It 'is read and written the same whatever functions, aliases and default values a user has' {
        $PSDefaultParameterValues = @{ 'ConvertFrom-Json:AsHashtable' = $true; 'ConvertTo-Json:Depth' = 1; '*:Compress' = $true }
        foreach ($name in 'ConvertFrom-Json', 'ConvertTo-Json') { $null = New-Item function: -Name $name -Value { throw 'not this one' } }
        Set-Alias Microsoft.PowerShell.Utility\ConvertFrom-Json Get-Date
        Clear-Journal
        Add-Fault @{ path = '/spacebring/t'; body = '{"a":{"b":{"c":1}}}'; contentType = 'application/json' }
        $gave = Invoke-OAuthRestMethod /t -Method Post -Body @{ a = @{ b = @{ c = 1 } } }
        $gave.a.b.c | Should -Be 1
        $gave.a.b | Should -BeOfType pscustomobject
        (Get-Journal)[-1].requestBody | Should -BeExactly '{"a":{"b":{"c":1}}}'
    }
}

Describe 'A response in XML' {
    It 'is what Invoke-RestMethod gives: <Body>' -ForEach @(
        @{ Body = '<?xml version="1.0"?><a b="1"> <c>ü</c> </a>'; Type = 'application/xml' }
        @{ Body = '<a xmlns="urn:x"><!-- c --><b/></a>'; Type = 'application/atom+xml' }
        @{ Body = '<rss><channel><title>t</title><item><title>1</title></item><item><title>2</title></item></channel></rss>'; Type = 'text/xml' }
        @{ Body = '<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><entry><id>1</id></entry></feed>'; Type = 'application/atom+xml' }
        @{ Body = '<!DOCTYPE a [<!ENTITY e "x">]><a>no entity</a>'; Type = 'application/xml' }
        @{ Body = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>'; Type = 'application/xml' }
        @{ Body = '<a><b></a>'; Type = 'application/xml' }
    ) {
        Get-OwnShape $Body $Type | Should -BeExactly (Get-PeerShape $Body $Type)
    }

    It 'is a document, whose elements are properties' {
        Add-Fault @{ path = '/spacebring/t'; body = '<a><b>1</b></a>'; contentType = 'application/xml' }
        $gave = Invoke-OAuthRestMethod /t
        $gave | Should -BeOfType System.Xml.XmlDocument
        $gave.a.b | Should -Be '1'
    }

    It 'is the text that it is where it is nested beyond all use' {
        Add-Fault @{ path = '/spacebring/t'; body = '<a>' * 1100 + '</a>' * 1100; contentType = 'application/xml' }
        Invoke-OAuthRestMethod /t | Should -BeOfType string
    }
}

Describe 'The refusal of an API' {
    It 'has its JSON where Invoke-RestMethod has it' {
        Add-Fault @{ path = '/spacebring/t'; status = 422; body = "{`"errors`":[`n  {`"field`":`"name`",`"message`":`"Name is taken`"}`n]}"; contentType = 'application/problem+json'; headers = @{ 'X-Request-Id' = 'r-7'; 'Set-Cookie' = 'sid=c00kie' } }
        $failure = Get-Failure { Invoke-OAuthRestMethod /t }
        ($failure.ErrorDetails.Message | ConvertFrom-Json).errors[0].field | Should -Be 'name'
        $failure.Exception.StatusCode | Should -Be 422
        $failure.Exception.MediaType | Should -Be 'application/problem+json'
        $failure.Exception.Headers['x-request-id'] | Should -Be 'r-7'
        $failure.Exception.Headers['Set-Cookie'] | Should -Be '***'
        $failure.Exception.Body | Should -BeExactly $failure.ErrorDetails.Message
        $failure.Exception.Response.StatusCode | Should -Be ([System.Net.HttpStatusCode]::UnprocessableEntity)
        $failure.Exception.Response.StatusCode.value__ | Should -Be 422
        $failure.Exception.Response.Headers['X-Request-Id'] | Should -Be 'r-7'
    }

    It 'shows status, words and advice at the prompt' {
        Add-Fault @{ path = '/spacebring/t'; status = 403; body = '{"message":"Plan too small"}'; contentType = 'application/json' }
        $failure = Get-Failure { Invoke-OAuthRestMethod /t }
        $shown = ($failure | Out-String -Width 1000)
        $shown | Should -Match 'with status 403\. It says: Plan too small\.'
        $shown | Should -Match 'connect with a wider -Scope'
        $failure.ErrorDetails.RecommendedAction | Should -BeExactly $failure.Exception.Message
    }

    It 'has our words where the body is <Name>' -ForEach @(
        @{ Name = 'a page'; Body = '<html><title>Bad gateway</title></html>'; Type = 'text/html' }
        @{ Name = 'nothing'; Body = ''; Type = 'application/json' }
        @{ Name = 'JSON that is too long to be kept whole'; Body = "{`"message`":`"m`",`"trace`":`"$('x' * 70000)`"}"; Type = 'application/json' }
    ) {
        Add-Fault @{ path = '/spacebring/t'; status = 400; body = $Body; contentType = $Type }
        $failure = Get-Failure { Invoke-OAuthRestMethod /t }
        $failure.ErrorDetails.Message | Should -BeLike 'The server refused the API call *'
        $failure.Exception.Message | Should -Be "$($failure.ErrorDetails.Message) $($failure.ErrorDetails.RecommendedAction)"
    }

    It 'has text and XML as they are, without what a terminal would obey' {
        Add-Fault @{ path = '/spacebring/t'; status = 400; body = "no`u{1b}[2J"; contentType = 'text/plain' }
        (Get-Failure { Invoke-OAuthRestMethod /t }).ErrorDetails.Message | Should -BeExactly 'no\u001B[2J'
        Add-Fault @{ path = '/spacebring/t'; status = 400; body = '<e><message>no</message></e>'; contentType = 'application/xml' }
        ([xml](Get-Failure { Invoke-OAuthRestMethod /t }).ErrorDetails.Message).e.message | Should -Be 'no'
    }
}

Describe 'A body that is sent as JSON' {
    It 'is what ConvertTo-Json writes, to the letter: <Name>' -ForEach @(
        @{ Name = 'numbers'; Value = { 1, -5, [long]::MinValue, [ulong]::MaxValue, [byte]3, 1.0, 0.1, 1e300, 1e-7, 1.50d, [decimal]::MaxValue, [float]0.1, [bigint]::Pow(10, 40) } }
        @{ Name = 'what is no number'; Value = { [double]::NaN, [double]::PositiveInfinity } }
        @{ Name = 'nothing'; Value = { $null, [dbnull]::Value, [NullString]::Value } }
        @{ Name = 'dates'; Value = { [datetime]::new(2026, 3, 1, 12, 30, 15, [System.DateTimeKind]::Utc), [datetime]::new(2026, 7, 1, 12, 30, 15, 123), [datetime]::new(2026, 7, 1, 12, 30, 15, [System.DateTimeKind]::Local), [datetimeoffset]'2026-03-01T12:30:15.25+02:00', [dateonly]::new(2026, 3, 1), [timeonly]::new(12, 30) } }
        @{ Name = 'a duration'; Value = { [timespan]::FromMinutes(90) } }
        @{ Name = 'ids, addresses, versions, enumerations'; Value = { [guid]::Empty, [uri]'https://a.example/b?c=é', [version]'1.2.3', [semver]'7.1.0-rc1', [System.IO.FileAttributes]'Hidden, System' } }
        @{ Name = 'texts'; Value = { 'a"b\c/d', "`t`r`n`b`f", '<a href="x">&''+</a>', 'é€', [char]'x', '' } }
        @{ Name = 'lists'; Value = { , @(1, @(2, @()), [byte[]](1, 2), [System.Collections.Generic.List[object]]@(1, 'a'), [System.Linq.Enumerable]::Range(1, 3)) } }
        @{ Name = 'tables in their order'; Value = { [ordered]@{ b = 1; a = 2; '' = 3; c = [ordered]@{} } } }
        @{ Name = 'names that differ in their case'; Value = { $table = [System.Collections.Specialized.OrderedDictionary]::new(); $table['a'] = 1; $table['A'] = 2; $table } }
        @{ Name = 'objects'; Value = { [pscustomobject]@{ z = 1; a = [pscustomobject]@{} }, ([pscustomobject]@{ a = 1; b = 2 } | Select-Object a), ([pscustomobject]@{ a = 1 } | Add-Member -MemberType AliasProperty -Name al -Value a -PassThru) } }
        @{ Name = 'a text and a table with a property beside them'; Value = { (Add-Member -InputObject 'text' n 5 -PassThru), (Add-Member -InputObject @{ a = 1 } n 5 -PassThru) } }
        @{ Name = 'a property that fails'; Value = { [pscustomobject]@{ a = 1 } | Add-Member -MemberType ScriptProperty -Name t -Value { throw 'x' } -PassThru } }
    ) {
        $value = & $Value
        Clear-Journal
        Add-Fault @{ path = '/spacebring/t'; body = '{}' }
        $null = Invoke-OAuthRestMethod /t -Method Post -Body @{ v = $value }
        (Get-Journal)[-1].requestBody | Should -BeExactly (ConvertTo-Json @{ v = $value } -Depth 64 -Compress)
    }

    # Where it differs: ConvertTo-Json fails, or writes what nobody means.
    It 'is not what ConvertTo-Json writes: <Name>' -ForEach @(
        @{ Name = 'a table whose keys are numbers'; Value = { @{ 1 = 'a' } }; Ours = '{"1":"a"}' }
        @{ Name = 'a number with a property beside it'; Value = { Add-Member -InputObject ([psobject]::AsPSObject(5)) n 5 -PassThru }; Ours = '5' }
        @{ Name = 'a member that a class hides'; Value = { & ([scriptblock]::Create('class Hiding { [int] $Shown = 1; hidden [int] $Kept = 2 }; [Hiding]::new()')) }; Ours = '{"Shown":1}' }
    ) {
        $value = & $Value
        Clear-Journal
        Add-Fault @{ path = '/spacebring/t'; body = '{}' }
        $null = Invoke-OAuthRestMethod /t -Method Post -Body @{ v = $value }
        (Get-Journal)[-1].requestBody | Should -BeExactly "{`"v`":$Ours}"
    }

    It 'has no secret in it that is kept as one: <Name>' -ForEach @(
        @{ Name = 'a SecureString'; Value = { ConvertTo-Secret 'hunter22' } }
        @{ Name = 'a credential'; Value = { New-Credential me hunter22 } }
        @{ Name = 'a credential of .NET'; Value = { [System.Net.NetworkCredential]::new('me', 'hunter22') } }
        @{ Name = 'a token of the module'; Value = { Connect-Blynk | Get-OAuthToken } }
    ) {
        $value = & $Value
        Clear-Journal
        $failure = Get-Failure { Invoke-OAuthRestMethod /t -Method Post -Session $session -Body @{ deep = @{ v = $value } } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidJsonValue,*'
        $failure.Exception.Message | Should -BeLike '*whose text is not written*'
        $failure.Exception.Message | Should -Not -BeLike '*hunter22*'
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'fails in our words where a list in it fails' {
        $failing = [System.Linq.Enumerable]::Select([System.Linq.Enumerable]::Range(1, 3), [func[int, int]] { throw 'from inside' })
        $table = @{}
        $table.Add('list', $failing)
        $failure = Get-Failure { Invoke-OAuthRestMethod /t -Method Post -Body $table }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidJsonValue,*'
    }
}
