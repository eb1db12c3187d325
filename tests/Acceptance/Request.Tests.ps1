BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)
    $emulator = Start-Emulator
    $account = Get-Account
}

AfterAll { Stop-Emulator }

Describe 'Get-OAuthRequestHeader' {
    BeforeEach { Reset-Emulator }

    It 'gives the headers of an API call as a hashtable for -Headers' {
        $null = Connect-Spacebring
        $headers = Get-OAuthRequestHeader
        $headers | Should -BeOfType hashtable
        $headers.Authorization | Should -BeExactly 'Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ='
        $headers['Spacebring-Network-Id'] | Should -Be $account.SpacebringNetwork
        (Invoke-RestMethod "$($emulator.Spacebring)/locations/v1" -Headers $headers).locations.Count | Should -Be 2
    }

    It 'gives a bearer token that is valid now' {
        Set-Emulator @{ tokenLifetimeSeconds = 0 }
        $null = Connect-Space
        Set-Emulator @{ tokenLifetimeSeconds = $null }
        (Invoke-RestMethod "$($emulator.Space)/api/http/projects" -Headers (Get-OAuthRequestHeader)).totalCount | Should -Be 2
    }

    It 'can be added to, for a call that needs more' {
        $null = Connect-Spacebring
        $headers = (Get-OAuthRequestHeader) + @{ 'X-Trace' = '1' }
        $headers.Count | Should -Be 3
    }

    It 'shows names and no value by <_>' -ForEach 'Out-String', 'Format-List', 'Format-Table', 'Format-Wide', 'Format-Custom' {
        $null = Connect-Blynk
        $shown = Get-OAuthRequestHeader | & $_ | Out-String
        $shown | Should -Match 'Authorization'
        $shown | Should -Not -Match 'Bearer'
        "$(Get-OAuthRequestHeader)" | Should -Be 'Authorization (values hidden)'
    }

    It 'shows names and no value inside another object, by <Name>' -ForEach @(
        @{ Name = 'the default view'; Show = { $_ | Out-String } }
        @{ Name = 'Format-List *'; Show = { $_ | Format-List * -Force | Out-String } }
        @{ Name = 'Format-Table *'; Show = { $_ | Format-Table * | Out-String -Width 1000 } }
        @{ Name = 'Format-Custom'; Show = { $_ | Format-Custom -Depth 6 | Out-String } }
        @{ Name = 'Format-Wide'; Show = { $_ | Format-Wide | Out-String } }
        @{ Name = 'ConvertTo-Json'; Show = { ConvertTo-Json $_ -Depth 6 } }
        @{ Name = 'ConvertTo-Xml'; Show = { ConvertTo-Xml $_ -Depth 6 -As String } }
        # By itself the header is asked for each of its values by name, as -Headers does.
        @{ Name = 'ConvertTo-Csv'; Show = { if ("$_" -notlike '*values hidden*') { $_ | ConvertTo-Csv } else { $_ } } }
        @{ Name = 'ConvertTo-Html'; Show = { $_ | ConvertTo-Html } }
        @{ Name = 'Export-Clixml'; Show = { [System.Management.Automation.PSSerializer]::Serialize($_, 6) } }
        @{ Name = 'Select-Object *'; Show = { $_ | Select-Object * | Format-List * | Out-String } }
        @{ Name = 'a text'; Show = { "$_ $($_.Headers) $($_.Values)" } }
    ) {
        $null = Connect-Blynk
        $headers = Get-OAuthRequestHeader
        $holders = @{ Uri = '/x'; Headers = $headers }, [pscustomobject]@{ Uri = '/x'; Headers = $headers }, @(, $headers), ([ordered]@{ a = @{ b = @($headers.Clone()) } }), $headers
        $shown = $holders | ForEach-Object $Show | Out-String -Width 10000
        $shown | Should -Match 'Authorization|Headers|Hashtable|OAuthRequestHeader'
        $shown | Should -Not -Match 'Bearer'
        $shown | Should -Not -Match ([regex]::Escape((Get-OAuthToken -AsPlainText)))
    }

    It 'shows no value in a transcript, in any stream, or where the headers are gone through' {
        $null = Connect-Blynk
        $headers = Get-OAuthRequestHeader
        $token = Get-OAuthToken -AsPlainText
        $splat = @{ Uri = "$($emulator.Blynk)/api/v1/organization/profile"; Headers = $headers }
        $file = Join-Path $TestDrive said.txt
        $null = Start-Transcript -Path $file
        try {
            & {
                Write-Verbose ($splat | Out-String) -Verbose
                Write-Warning "$($splat.Headers)"
                Write-Information $headers -InformationAction Continue
                $splat
                $headers.GetEnumerator()
                $headers.Values
                foreach ($entry in $headers.GetEnumerator()) { "$($entry.Key): $($entry.Value)" }
                [hashtable]::new($headers)
                Trace-Command ParameterBinding, TypeConversion { Invoke-RestMethod @splat -Verbose:$false -Debug:$false } -PSHost
            } *>&1 | Out-Default
        }
        finally { $null = Stop-Transcript }

        $said = Get-Content -Raw $file
        $said | Should -Match 'Authorization'
        $said | Should -Match 'Demo Organization'
        $said | Should -Not -Match ([regex]::Escape($token))
    }

    It 'sends its values all the same: by a splat, a copy, Invoke-WebRequest, a parallel runspace, and by name' {
        $null = Connect-Blynk
        $url = "$($emulator.Blynk)/api/v1/organization/profile"
        $splat = @{ Uri = $url; Headers = Get-OAuthRequestHeader }
        (Invoke-RestMethod @splat).name | Should -Be 'Demo Organization'
        (Invoke-RestMethod $url -Headers $splat.Headers.Clone()).name | Should -Be 'Demo Organization'
        (Invoke-WebRequest @splat).StatusCode | Should -Be 200
        1 | ForEach-Object -Parallel { (Invoke-RestMethod -Uri $using:url -Headers $using:splat.Headers).name } | Should -Be 'Demo Organization'
        $splat.Headers['X-Trace'] = '1'
        Clear-Journal
        $null = Invoke-RestMethod @splat
        (Get-Journal).requestHeaders.'X-Trace' | Should -Be '1'
        $splat.Headers.Keys | ForEach-Object { "$_`: $($splat.Headers[$_])" } | Should -Contain "Authorization: Bearer $(Get-OAuthToken -AsPlainText)"
    }

    It 'takes sessions and names' {
        $session = Connect-Blynk
        $null = Connect-Spacebring
        ($session | Get-OAuthRequestHeader).Authorization | Should -BeLike 'Bearer *'
        (Get-OAuthRequestHeader Blynk -MinimumLifetime 5).Authorization | Should -BeLike 'Bearer *'
    }

    It 'says so where there is no session' {
        (Get-Failure { Get-OAuthRequestHeader }).FullyQualifiedErrorId | Should -BeLike 'SessionNotFound,*'
    }
}

Describe 'Invoke-OAuthRestMethod' {
    BeforeEach {
        Reset-Emulator
        $session = Connect-Spacebring
        Clear-Journal
    }

    It 'calls an API below the service URL, with the session''s headers' {
        (Invoke-OAuthRestMethod /locations/v1).locations[0].title | Should -Be 'Harbour House'
        (Invoke-OAuthRestMethod locations/v1).locations.Count | Should -Be 2
        (Get-Journal)[0].requestHeaders.'spacebring-network-id' | Should -Be $account.SpacebringNetwork
    }

    It 'calls a whole address' {
        (Invoke-OAuthRestMethod "$($emulator.Spacebring)/locations/v1?page=1").locations.Count | Should -Be 2
        (Get-Journal).query | Should -Be 'page=1'
    }

    It 'sends a <Name> as JSON' -ForEach @(
        @{ Name = 'hashtable'; Body = @{ title = 'Grünes Haus' }; Expected = '{"title":"Grünes Haus"}' }
        @{ Name = 'object'; Body = [pscustomobject]@{ title = 'x'; tags = @('a') }; Expected = '{"title":"x","tags":["a"]}' }
        @{ Name = 'list'; Body = @(, @{ a = 1 }); Expected = '[{"a":1}]' }
        @{ Name = 'text that is JSON'; Body = '{"a":"b"}'; Expected = '{"a":"b"}' }
    ) {
        Add-Fault @{ path = '/spacebring/benefits/categories/v1'; status = 201; body = '{"category":{}}'; afterHandling = $true }
        Invoke-OAuthRestMethod /benefits/categories/v1 -Method Post -Body $Body | Should -Not -BeNullOrEmpty
        $sent = (Get-Journal).requestBody | ConvertFrom-Json -AsHashtable -NoEnumerate
        $wanted = $Expected | ConvertFrom-Json -AsHashtable -NoEnumerate
        ConvertTo-Json $sent -Depth 5 -Compress | Should -Be (ConvertTo-Json $wanted -Depth 5 -Compress)
    }

    It 'sends a file''s content' {
        $file = Join-Path $TestDrive house.json
        Set-Content -LiteralPath $file -Value '{"title":"Grünes Haus"}' -NoNewline
        Add-Fault @{ path = '/spacebring/benefits/categories/v1'; status = 201; body = '{"category":{}}'; afterHandling = $true }
        Invoke-OAuthRestMethod /benefits/categories/v1 -Method Post -Body (Get-Item $file) | Should -Not -BeNullOrEmpty
        (Get-Journal).requestBody | Should -BeExactly '{"title":"Grünes Haus"}'
    }

    It 'refuses <Name> at once' -ForEach @(
        @{ Name = 'a file inside an object'; Body = { @{ file = Get-Item $PSCommandPath } }; Id = 'InvalidJsonValue'; Words = '*nested deeper than 64 levels*' }
        @{ Name = 'a list of files'; Body = { , @(Get-ChildItem $PSScriptRoot) }; Id = 'InvalidJsonValue'; Words = '*nested deeper than 64 levels*' }
        @{ Name = 'a folder'; Body = { Get-Item $PSScriptRoot }; Id = 'InvalidJsonValue' }
        @{ Name = 'a hashtable that holds itself'; Body = { $table = @{}; $table.self = $table; $table }; Id = 'InvalidJsonValue'; Words = '*leads back to itself*' }
        @{ Name = 'what doubles at every level'; Body = { $list = 1; foreach ($i in 1..40) { $list = @{ a = $list; b = $list } }; $list }; Id = 'InvalidJsonValue'; Words = '*a million values*' }
        @{ Name = 'a sequence without end'; Body = { $table = @{}; $table.Add('list', [System.Linq.Enumerable]::Repeat(1, [int]::MaxValue)); $table }; Id = 'InvalidJsonValue'; Words = '*a million values*' }
        @{ Name = 'work that never ends'; Body = { [System.Threading.Tasks.TaskCompletionSource[int]]::new().Task }; Id = 'InvalidJsonValue'; Words = '*is a task*' }
        @{ Name = 'a device'; Body = { [System.IO.FileInfo]'/dev/zero' }; Id = 'InvalidBodyFile'; Unix = $true }
        @{ Name = 'a file that is not there'; Body = { [System.IO.FileInfo](Join-Path $TestDrive none) }; Id = 'InvalidBodyFile'; Words = '*does not exist*' }
    ) {
        if ($Unix -and $IsWindows) { Set-ItResult -Skipped -Because 'Windows has no such file' }
        $value = & $Body
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $failure = Get-Failure { Invoke-OAuthRestMethod /locations/v1 -Method Post -Body $value }
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        if ($Words) { $failure.Exception.Message | Should -BeLike $Words }
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'writes a <Name> as ConvertTo-Json does' -ForEach @(
        @{ Name = 'date'; Value = { [datetime]::new(2026, 3, 1, 12, 30, 15, [System.DateTimeKind]::Utc) } }
        @{ Name = 'date with its offset'; Value = { [datetimeoffset]'2026-03-01T12:30:15.25+02:00' } }
        @{ Name = 'number'; Value = { 1, -2.5, 12d, [long]::MaxValue, [bigint]::Pow(10, 30), [byte]7, 1e300 } }
        @{ Name = 'text'; Value = { "a`"<>&'/\`n`tü€$([char]::ConvertFromUtf32(0x1F511))" } }
        @{ Name = 'value of an enumeration, an id, an address, a truth, nothing'; Value = { [System.DayOfWeek]::Friday, [guid]::Empty, [uri]'https://a.example/b?c', $true, $null } }
        @{ Name = 'hashtable of objects'; Value = { [ordered]@{ a = [pscustomobject]@{ b = 1; c = @() }; e = @{}; d = @(1, @(2)) } } }
        @{ Name = 'selection of properties'; Value = { Get-Item $PSScriptRoot | Select-Object Name, Exists } }
        @{ Name = 'object with a property of a script'; Value = { [pscustomobject]@{ a = 1 } | Add-Member b -MemberType ScriptProperty { $this.a + 1 } -PassThru } }
        @{ Name = 'object of .NET'; Value = { [version]'1.2.3' } }
        @{ Name = 'bytes in an object'; Value = { @{ bytes = [byte[]](1, 2) } } }
    ) {
        $value = & $Value
        $null = Get-Failure { Invoke-OAuthRestMethod /nowhere -Method Post -Body @{ value = $value } }
        # Compared as JSON: 12.0 and 12 are one number.
        $sent = [System.Text.Json.Nodes.JsonNode]::Parse((Get-Journal)[-1].requestBody)
        $wanted = [System.Text.Json.Nodes.JsonNode]::Parse((ConvertTo-Json @{ value = $value } -Depth 10))
        [System.Text.Json.Nodes.JsonNode]::DeepEquals($sent, $wanted) | Should -BeTrue -Because "$sent was sent, and $wanted is what ConvertTo-Json gives"
    }

    It 'sends another content type and header when told' {
        $failure = Get-Failure { Invoke-OAuthRestMethod /benefits/categories/v1 -Method Post -Body 'a,b' -ContentType text/csv -Headers @{ 'X-Trace' = 7 } }
        $failure.Exception.Message | Should -BeLike '*400*content type must be*'
        (Get-Journal).requestContentType | Should -Be 'text/csv'
        (Get-Journal).requestHeaders.'X-Trace' | Should -Be '7'
    }

    It 'takes sessions from the pipeline' {
        ($session | Invoke-OAuthRestMethod /locations/v1).locations.Count | Should -Be 2
        ('Spacebring' | Invoke-OAuthRestMethod /locations/v1).locations.Count | Should -Be 2
        (Invoke-OAuthRestMethod /locations/v1 -Session Spacebring).locations.Count | Should -Be 2
    }

    It 'refuses a method there is none of while binding' {
        (Get-Failure { Invoke-OAuthRestMethod /x -Method FETCH }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
    }

    It 'refuses a body that a <_> would not carry' -ForEach 'GET', 'HEAD' {
        $failure = Get-Failure { Invoke-OAuthRestMethod /locations/v1 -Method $_ -Body '{"a":1}' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'BodyNotSent,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Method POST*'
        Get-Journal | Should -BeNullOrEmpty
    }

    It 'refuses a content type that is none, and headers that are the session''s' {
        (Get-Failure { Invoke-OAuthRestMethod /x -Method Post -Body a -ContentType 'gar bage' }).FullyQualifiedErrorId | Should -BeLike 'InvalidContentType,*'
        (Get-Failure { Invoke-OAuthRestMethod /x -Headers @{ Authorization = 'x' } }).FullyQualifiedErrorId | Should -BeLike 'InvalidHeader,*'
    }

    It 'says what the API said of a refusal' {
        $null = Connect-OAuthProvider Spacebring -Name bare -ServiceUrl $emulator.Spacebring -ClientCredential $account.SpacebringClient `
            -RefreshToken (ConvertTo-Secret (Get-SpacebringRefreshToken)) -WarningAction SilentlyContinue
        $failure = Get-Failure { Invoke-OAuthRestMethod /locations/v1 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'RequestRefused,*'
        $failure.Exception.Message | Should -BeLike '*400*The header spacebring-network-id is missing.*'
        $failure = Get-Failure { Invoke-OAuthRestMethod /nowhere }
        $failure.FullyQualifiedErrorId | Should -BeLike 'EndpointNotFound,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*the session used is one for this API (-Session)*'
    }

    It 'gives text as a string, and anything else as bytes' {
        Add-Fault @{ path = '/spacebring/t'; body = 'plain'; contentType = 'text/plain' }
        Add-Fault @{ path = '/spacebring/b'; body = 'raw'; contentType = 'application/octet-stream' }
        Invoke-OAuthRestMethod /t | Should -BeExactly 'plain'
        $bytes = Invoke-OAuthRestMethod /b
        [System.Text.Encoding]::ASCII.GetString($bytes) | Should -BeExactly 'raw'
    }

    It 'gives JSON as objects, also as <Type>' -ForEach @(
        @{ Type = 'text/json' }
        @{ Type = 'text/plain' }
        @{ Type = 'text/html; charset=utf-8' }
        @{ Type = 'application/vnd.acme+json' }
    ) {
        Add-Fault @{ path = '/spacebring/t'; body = '{"name":"Łódź"}'; contentType = $Type }
        (Invoke-OAuthRestMethod /t).name | Should -BeExactly 'Łódź'
    }

    It 'gives JSON with a byte order mark as objects' {
        Add-Fault @{ path = '/spacebring/t'; body = "`u{feff}[{`"id`":1},{`"id`":2}]"; contentType = 'application/json' }
        (Invoke-OAuthRestMethod /t).id | Should -Be 1, 2
    }

    It 'gives plain text that could be a number or a name as the text it is' {
        Add-Fault @{ path = '/spacebring/t'; body = '007'; contentType = 'text/plain' }
        Invoke-OAuthRestMethod /t | Should -BeExactly '007'
    }

    It 'gives nothing for an empty answer' {
        Add-Fault @{ path = '/spacebring'; status = 204 }
        Invoke-OAuthRestMethod /locations/v1 -Method Delete | Should -BeNullOrEmpty
    }

    It 'gives names that differ in their case only as a hashtable' {
        Add-Fault @{ path = '/spacebring'; body = '{"id":1,"ID":2}' }
        $answer = Invoke-OAuthRestMethod /locations/v1
        $answer['id'], $answer['ID'] | Should -Be 1, 2
    }

    It 'says so when an answer was cut short' {
        Add-Fault @{ path = '/spacebring'; body = '{"locations":[' }
        $failure = Get-Failure { Invoke-OAuthRestMethod '/locations/v1?key=hidden' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ResponseNotJson,OAuthPS*'
        $failure.Exception.Message | Should -Not -BeLike '*hidden*'
    }

    It 'renews once and repeats the call when the token is refused' {
        $null = Connect-Blynk
        Set-TokenExpired
        Clear-Journal
        (Invoke-OAuthRestMethod /api/v1/organization/profile).name | Should -Be 'Demo Organization'
        Get-JournalLine | Should -Be @(
            'GET /blynk/api/v1/organization/profile 401'
            'POST /blynk/oauth2/token 200'
            'GET /blynk/api/v1/organization/profile 200'
        )
    }

    It 'repeats the body with the call' {
        $null = Connect-Spacebring @{ RefreshToken = (ConvertTo-Secret (Get-SpacebringRefreshToken)); Name = 'partner' }
        Set-TokenExpired
        $category = @{ locationRef = '0b7c1f5e-57f4-4f0e-9f7a-6f1b3a3e1c01'; title = 'again' }
        (Invoke-OAuthRestMethod /benefits/categories/v1 -Method Post -Body @{ category = $category }).category.title | Should -Be 'again'
    }

    It 'follows a redirect to the path with its slash, with method and token' {
        $null = Connect-SpatiaFiUser
        # The answer has a secret, which this run would show.
        Add-Fault @{ path = '/spatiafi/api/v1/clients/'; body = '{"client_id":"made"}' }
        Clear-Journal
        (Invoke-OAuthRestMethod /api/v1/clients -Method Post).client_id | Should -Be 'made'
        (Get-Journal)[1].requestHeaders.Authorization | Should -Be 'Bearer ***'
        Get-JournalLine | Should -Be 'POST /spatiafi/api/v1/clients 307', 'POST /spatiafi/api/v1/clients/ 200'
    }

    It 'renews no more than once' {
        $null = Connect-Blynk
        Add-Fault @{ path = '/blynk/api'; status = 401; body = '{"error":"invalid_token"}'; times = 0 }
        Clear-Journal
        (Get-Failure { Invoke-OAuthRestMethod /api/v1/organization/profile }).FullyQualifiedErrorId | Should -BeLike 'Unauthorized,*'
        (Get-JournalLine */oauth2/token).Count | Should -Be 1
        (Get-JournalLine */profile).Count | Should -Be 2
    }

    It 'waits as the API asks with Retry-After, and tries again' {
        Add-Fault @{ path = '/spacebring'; status = 429; headers = @{ 'Retry-After' = '0' }; times = 2 }
        $said = Invoke-OAuthRestMethod /locations/v1 -WarningVariable warning -WarningAction SilentlyContinue
        $said.locations.Count | Should -Be 2
        $warning.Count | Should -Be 2
        $warning[0] | Should -BeLike '*asks to wait 0 s*(429)*'
    }

    It 'does not wait longer than a script would want, and says how long' {
        Add-Fault @{ path = '/spacebring'; status = 429; headers = @{ 'Retry-After' = '3600' } }
        $failure = Get-Failure { Invoke-OAuthRestMethod /locations/v1 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'TooManyRequests,*'
        $failure.CategoryInfo.Category | Should -Be 'LimitsExceeded'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*3600 s*'
    }

    It 'ends after -Timeout' {
        Add-Fault @{ path = '/spacebring'; delayMilliseconds = 30000 }
        $failure = Get-Failure { Invoke-OAuthRestMethod /locations/v1 -Timeout 0.2 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'RequestTimeout,*'
        $failure.CategoryInfo.Category | Should -Be 'OperationTimeout'
        $failure.Exception.Message | Should -BeLike '*0.2 s*'
    }
}
