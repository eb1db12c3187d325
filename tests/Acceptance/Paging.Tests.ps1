# Pages and files of Invoke-OAuthRestMethod, at a server that keeps each request as it came.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Join-Path $PSScriptRoot RecordingServer.psm1) -Force
    Import-Module (Get-ModulePath)
    $url = Start-RecordingServer {
        param($request)
        function New-Json($Value, $Headers = @{}) { @{ type = 'application/json'; body = ConvertTo-Json $Value -Compress; headers = $Headers } }

        $page = $request.Target -match 'page=(\d+)' ? [int] $Matches[1] : 1
        $number = $page -lt 3 ? "$($page + 1)" : ''
        $path = $request.Target -replace '\?.*'
        $next = $number ? "${path}?page=$number" : $null
        $header = @{ 'X-Next-Page' = $number }
        switch ($path) {
            '/things' { New-Json @{ n = $page; '@odata.nextLink' = $next; paging = @{ next = $next; cursor = $number } } $header }
            '/relative' { New-Json @{ n = $page; next = $number ? "?page=$number" : '' } }
            '/list' { New-Json @(@{ n = $page }, @{ n = $page }) $header }
            '/away' { New-Json @{ n = 1; next = 'https://away.example.com/things?page=2' } @{ Link = '<https://away.example.com/things?page=2>; rel="next"' } }
            '/again' { New-Json @{ n = 1; next = '/again' } @{ Link = '</again>; rel="next"' } }
            '/busy' { $page -eq 2 -and $request.Before -eq 0 ? @{ status = 429; headers = @{ 'Retry-After' = '0' } } : (New-Json @{ n = $page; next = $next }) }
            '/broken' { $page -eq 2 ? @{ status = 404; type = 'application/json'; body = '{}' } : (New-Json @{ n = 1; next = $next }) }
            '/cursor' { New-Json @{ n = $page; next = $request.Target -match 'since' ? $null : '2026-01-01T10:00:00+05:00' } }
            '/number' { New-Json @{ n = 1; next = 2; list = @('a', 'b'); yes = $true } }
            '/nan' { @{ type = 'application/json'; body = $page -eq 1 ? '{"n":1,"x":NaN,"next":"2026-01-01T10:00:00+05:00"}' : '{"n":2,"x":NaN,"next":""}' } }
            '/odd' { New-Json @{ n = 1; next = 'http://[::bad' } }
            default { @{ type = 'application/octet-stream'; body = [byte[]]::new(300000) } }
        }
    }
    $null = Connect-OAuthProvider Spacebring -Name paging -ServiceUrl $url -ClientCredential (New-Credential 'client' 'secret')
    function Get-Target { (Receive-Request).Target }
}

AfterAll {
    Get-OAuthSession paging | Disconnect-OAuthProvider
    Stop-RecordingServer
}

Describe 'Pages' {
    BeforeEach { $null = Receive-Request }

    It 'are found by <Name>' -ForEach @(
        @{ Name = 'a property with a dot in its name'; NextLink = '@odata.nextLink' }
        @{ Name = 'a path of properties'; NextLink = 'paging.next' }
        @{ Name = 'a path in another case'; NextLink = 'Paging.Next' }
        @{ Name = 'a cursor'; NextLink = @{ page = 'paging.cursor' } }
        @{ Name = 'a script with the page as $_'; NextLink = { $_.paging.next } }
        @{ Name = 'a script with the page as its argument, that gives parameters'; NextLink = { param($page) if ($page.paging.cursor) { @{ page = $page.paging.cursor } } } }
        @{ Name = 'a script with the headers'; NextLink = { param($page, $headers) if ($headers['x-next-page'][0]) { @{ page = $headers['X-Next-Page'][0] } } } }
        @{ Name = 'a script that gives a whole address'; NextLink = { if ($_.paging.next) { [uri] "$url$($_.paging.next)" } } }
    ) {
        (Invoke-OAuthRestMethod /things -NextLink $NextLink).n | Should -Be 1, 2, 3
        $requests = Receive-Request
        $requests.Target | Should -Be '/things', '/things?page=2', '/things?page=3'
        $requests.Headers | ForEach-Object { $_['Authorization'] | Should -BeExactly 'Basic Y2xpZW50OnNlY3JldA==' }
    }

    It 'are asked for with a cursor as it came, also where it looks like a date' {
        $null = Invoke-OAuthRestMethod /cursor -NextLink @{ since = 'next' }
        Get-Target | Should -Be '/cursor', '/cursor?since=2026-01-01T10%3A00%3A00%2B05%3A00'
    }

    It 'are read where the JSON is one that Invoke-RestMethod takes, and a standard does not' {
        (Invoke-OAuthRestMethod /nan -NextLink { if ($_.n -lt 2) { '?page=2' } }).n | Should -Be 1, 2
        (Invoke-OAuthRestMethod /nan -NextLink ([ordered]@{ since = 'next'; page = 'n' }) -MaximumFollowRelLink 2).n | Should -Be 1, 1
        (Get-Target)[-1] | Should -Be '/nan?since=2026-01-01T10%3A00%3A00%2B05%3A00&page=1'
    }

    It 'are not looked for once there are as many as wanted' {
        (Invoke-OAuthRestMethod /odd -NextLink next -MaximumFollowRelLink 1).n | Should -Be 1
    }

    It 'are not looked for where <_> leads: that is no address' -ForEach 'next', 'list', 'yes', '' {
        $way = $_ ? $_ : { 5 }
        $failure = Get-Failure { Invoke-OAuthRestMethod /number -NextLink $way }
        $failure.FullyQualifiedErrorId | Should -BeLike 'NextPageInvalid,*'
        Get-Target | Should -Be '/number'
    }

    It 'keep the other parameters of the first address' {
        $null = Invoke-OAuthRestMethod '/things?size=2&page=1' -Body @{ q = 'x y' } -NextLink @{ page = 'paging.cursor' }
        Get-Target | Should -Be '/things?size=2&page=1&q=x%20y', '/things?size=2&q=x%20y&page=2', '/things?size=2&q=x%20y&page=3'
    }

    It 'may be relative to the page before' {
        (Invoke-OAuthRestMethod /relative -NextLink next).n | Should -Be 1, 2, 3
        Get-Target | Should -Be '/relative', '/relative?page=2', '/relative?page=3'
    }

    It 'that are lists come item by item, and the script has all of them' {
        $items = Invoke-OAuthRestMethod /list -NextLink { param($page, $headers) if (@($page).Count -eq 2 -and $headers['X-Next-Page'][0]) { "/list?page=$($headers['X-Next-Page'][0])" } }
        $items.n | Should -Be 1, 1, 2, 2, 3, 3
    }

    It 'end where -MaximumFollowRelLink says' {
        (Invoke-OAuthRestMethod /things -NextLink paging.next -MaximumFollowRelLink 2).n | Should -Be 1, 2
        Get-Target | Should -Be '/things', '/things?page=2'
    }

    It 'come as they arrive: whoever has enough asks for no more' {
        (Invoke-OAuthRestMethod /things -NextLink paging.next | Select-Object -First 1).n | Should -Be 1
        Get-Target | Should -Be '/things'
    }

    It 'are repeated as a single call is' {
        (Invoke-OAuthRestMethod /busy -NextLink next -WarningAction SilentlyContinue).n | Should -Be 1, 2, 3
        Get-Target | Should -Be '/busy', '/busy?page=2', '/busy?page=2', '/busy?page=3'
    }

    It 'that came before one is refused are there' {
        $pages = [System.Collections.Generic.List[psobject]]::new()
        $failure = Get-Failure { Invoke-OAuthRestMethod /broken -NextLink next | ForEach-Object { $pages.Add($_) } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'EndpointNotFound,*'
        $pages.n | Should -Be 1
    }

    It 'at another origin get nothing, by <Name>' -ForEach @(
        @{ Name = '-NextLink'; With = @{ NextLink = 'next' } }
        @{ Name = '-FollowRelLink'; With = @{ FollowRelLink = $true } }
    ) {
        $failure = Get-Failure { Invoke-OAuthRestMethod /away @With }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ApiOriginNotAllowed,*'
        $failure.Exception.Message | Should -BeLike '*https://away.example.com*'
        Get-Target | Should -Be '/away'
        # It has not become the first address that the user gave.
        (Get-OAuthSession paging).ApiUrls | Should -Be "$url/"
    }

    It 'that lead back are refused, by <Name>' -ForEach @(
        @{ Name = '-NextLink'; With = @{ NextLink = 'next' } }
        @{ Name = '-FollowRelLink'; With = @{ FollowRelLink = $true } }
    ) {
        $failure = Get-Failure { Invoke-OAuthRestMethod "$url/again" @With }
        $failure.FullyQualifiedErrorId | Should -BeLike 'PagesRepeat,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-MaximumFollowRelLink*'
        Get-Target | Should -Be '/again'
    }

    It 'with an address that is none are refused' {
        (Get-Failure { Invoke-OAuthRestMethod /odd -NextLink next }).FullyQualifiedErrorId | Should -BeLike 'NextPageInvalid,*'
        Get-Target | Should -Be '/odd'
    }
}

Describe 'A file' {
    BeforeEach { $null = Receive-Request }

    It 'needs a name where the address has none for a file: /<_>' -ForEach '', 'a/..%2Fb', '%2e%2e', 'a%00b', 'a%0Ab', 'a%1B[2Jb' {
        $failure = Get-Failure { Invoke-OAuthRestMethod "$url/$_" -OutFile $TestDrive }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FileNotWritten,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-OutFile*'
        Get-Target | Should -BeNullOrEmpty
    }

    It 'stays as it was when the call is refused' {
        $file = Join-Path $TestDrive kept.txt
        Set-Content $file before -NoNewline
        (Get-Failure { Invoke-OAuthRestMethod '/broken?page=2' -OutFile $file }).FullyQualifiedErrorId | Should -BeLike 'EndpointNotFound,*'
        Get-Content -Raw $file | Should -BeExactly before
        (Get-ChildItem $TestDrive).Name | Should -Be kept.txt
    }

    It 'on its way is shown' {
        $shell = [powershell]::Create()
        $script = 'param($module, $url, $client, $file) Import-Module $module; $null = Connect-OAuthProvider Spacebring -ServiceUrl $url -ClientCredential $client; Invoke-OAuthRestMethod /bytes -OutFile $file'
        $null = $shell.AddScript($script).AddArgument((Get-ModulePath)).AddArgument($url).AddArgument((New-Credential client secret)).AddArgument((Join-Path $TestDrive bytes.bin)).Invoke()
        Save-Stream $shell
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shown = @($shell.Streams.Progress | Where-Object Activity -EQ File)
        $shown.Count | Should -BeGreaterThan 1
        $shown[-1].RecordType | Should -Be Completed
        $shown[-2].PercentComplete | Should -BeGreaterThan 0
        $shell.Dispose()
        (Get-Item (Join-Path $TestDrive bytes.bin)).Length | Should -Be 300000
    }
}

Describe 'Parameters that do not go together' {
    BeforeEach { $null = Receive-Request }

    It '<Name> are refused before anything is sent' -ForEach @(
        @{ Name = '-Body and -Form'; With = @{ Body = 'a'; Form = @{ a = 1 } } }
        @{ Name = '-Body and -InFile'; With = @{ Body = 'a'; InFile = 'x' } }
        @{ Name = '-Form and -InFile'; With = @{ Form = @{ a = 1 }; InFile = 'x' } }
        @{ Name = '-Form and -ContentType'; With = @{ Form = @{ a = 1 }; ContentType = 'text/plain' } }
        @{ Name = '-Method and -CustomMethod'; With = @{ Method = 'Post'; CustomMethod = 'PURGE' } }
        @{ Name = '-FollowRelLink and -NextLink'; With = @{ FollowRelLink = $true; NextLink = 'next' } }
        @{ Name = '-FollowRelLink and -OutFile'; With = @{ FollowRelLink = $true; OutFile = 'x' } }
        @{ Name = '-NextLink and -OutFile'; With = @{ NextLink = 'next'; OutFile = 'x' } }
    ) {
        $failure = Get-Failure { Invoke-OAuthRestMethod /things @With }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ParametersConflict,*'
        foreach ($parameter in $With.Keys) { $failure.Exception.Message | Should -BeLike "*-$parameter*" }
        Get-Target | Should -BeNullOrEmpty
    }

    It 'has no field with fields of its own: <Name>' -ForEach @(
        @{ Name = 'in a query'; With = @{ Body = @{ a = @{ b = 1 } } } }
        @{ Name = 'in a form'; With = @{ Method = 'Post'; ContentType = 'application/x-www-form-urlencoded'; Body = @{ a = @{ b = 1 } } } }
        @{ Name = 'in a form of several parts'; With = @{ Method = 'Post'; Form = @{ a = [pscustomobject]@{ b = 1 } } } }
    ) {
        (Get-Failure { Invoke-OAuthRestMethod /things @With }).FullyQualifiedErrorId | Should -BeLike 'InvalidFormField,*'
        Get-Target | Should -BeNullOrEmpty
    }

    It 'is no place that has no files: <_>' -ForEach 'OutFile', 'InFile' {
        $with = @{ $_ = 'Env:PATH' }
        (Get-Failure { Invoke-OAuthRestMethod /things -Method Put @with }).FullyQualifiedErrorId | Should -BeLike 'InvalidBodyFile,*'
        Get-Target | Should -BeNullOrEmpty
    }

    It '<_> needs -OutFile' -ForEach 'Resume', 'PassThru' {
        $with = @{ $_ = $true }
        $failure = Get-Failure { Invoke-OAuthRestMethod /things @with }
        $failure.FullyQualifiedErrorId | Should -BeLike 'MissingParameter,*'
        $failure.Exception.Message | Should -BeLike "*-$_ requires -OutFile*"
        Get-Target | Should -BeNullOrEmpty
    }
}
