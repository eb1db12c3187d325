# Finds the examples of the help, the about pages, README and docs, and makes them run against the emulator as they stand, but for
# this: what a reader puts in (an address, an id, a credential) is put in. Nothing else is changed.
#
#   an address of the documentation      the emulator's
#   Spacebring, SpatiaFi                 have one address, so the examples give none: -ServiceUrl is added, and -UseVendorCredential where
#                                        the credential is SpatiaFi's own client's, which goes to no other address by itself
#   Get-Credential                       the demo account of the provider that the example names next, a person's where it is for one
#   Read-Host                            the refresh token or secret that is asked for
#   <id>, <the id of your network>       the demo client's and network's
#   my-client, openid, api               the demo client, and a scope that the demo server knows
#   acme.json                            the example of docs/provider-file.md, at the emulator's address
#   nordwind.json, fjord.json            those of docs/emulator.md, which the emulator plays with the dialects there
#   client.pem, company-root.pem         a key and a certificate authority made for the test
#   /v1/…, report.pdf                    an API that has one page of everything and refuses orders, and a file to send to it
#   dotnet build                         left out: the suite runs on a build
#   Invoke-RestMethod                    may send a token by plain HTTP, since the emulator is on loopback

$ErrorActionPreference = 'Stop'

$script:Root = Join-Path $PSScriptRoot .. .. | Resolve-Path | ForEach-Object ProviderPath

# The blocks of a markdown file, each under its nearest heading.
function Get-MarkdownExample([string] $Path) {
    $text = Get-Content -Raw -LiteralPath $Path
    $headings = [regex]::Matches($text, '(?m)^#+ (.+?)\r?$')
    foreach ($block in [regex]::Matches($text, '(?ms)^```powershell\r?\n(.*?)^```')) {
        $heading = $headings | Where-Object Index -LT $block.Index | Select-Object -Last 1
        New-Example $Path $heading.Groups[1].Value $block.Groups[1].Value
    }
}

# In an about page text is indented by four, and what is to be copied by eight. A workflow's scripts are its run blocks.
function Get-AboutExample([string] $Path) {
    $heading = ''
    $block = [System.Collections.Generic.List[string]]::new()
    $before = ''
    foreach ($line in @(Get-Content -LiteralPath $Path) + '.') {
        $mayStart = $block.Count -gt 0 -or $before -notmatch '^ {4}\S'
        $before = $line
        if ($mayStart -and $line -match '^ {8}(.*)') { $block.Add($Matches[1]); continue }
        if (-not $line -and $block.Count -gt 0 -and $block[0] -match '^(name:|try|\$)') { $block.Add(''); continue }
        if ($block.Count -gt 0) {
            $code = ($block -join "`n").TrimEnd() + "`n"
            if ($code -match '^name:') { $code = ([regex]::Match($code, '(?ms)run: \|\n(.*)').Groups[1].Value -split '\n' -replace '^ {10}') -join "`n" }
            if ($code -notmatch '^# crontab') { New-Example $Path $heading $code }
            $block.Clear()
        }

        if ($line -cmatch '^ {0,2}([A-Z].*)') { $heading = $Matches[1] }
    }
}

function New-Example([string] $Path, [string] $Heading, [string] $Code) {
    $file = [IO.Path]::GetRelativePath($script:Root, $Path).Replace('\', '/')
    $output = $null
    if ($Code -match '(?m)^PS> ') {
        $output = $Code
        $Code = (($Code -split '\r?\n') -match '^PS> ' -replace '^PS> ') -join "`n"
    }

    @{ File = $file; Heading = $Heading; Code = $Code; Output = $output; NeedsWindows = $Code -match '# needs Windows'; NeedsVault = $Code -match 'MyVault' }
}

# All of them.
function Get-Example {
    Get-ChildItem (Join-Path $script:Root docs en-US *.md) | ForEach-Object { Get-MarkdownExample $_.FullName }
    Get-ChildItem (Join-Path $script:Root src OAuthPS en-US about_*.help.txt) | ForEach-Object { Get-AboutExample $_.FullName }
    # The commands of docs/strong-clients.md need a server that is strict: StrongClient.Tests.ps1 has them at oidc-provider.
    Get-ChildItem (Join-Path $script:Root README.md), (Join-Path $script:Root docs *.md), (Join-Path $script:Root docs providers *.md) |
        Where-Object Name -NE strong-clients.md | ForEach-Object { Get-MarkdownExample $_.FullName }
}

# The example as it is run.
function ConvertTo-Runnable([string] $Code, $Emulator) {
    $port = & { $probe = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0); $probe.Start(); $probe.LocalEndpoint.Port; $probe.Stop() }
    $names = [ordered]@{
        'http://127.0.0.1:8400/blynk'           = $Emulator.Blynk
        'http://127.0.0.1:8400/spacebring'      = $Emulator.Spacebring
        'http://127.0.0.1:8400/space'           = $Emulator.Space
        'http://127.0.0.1:8400/spatiafi'        = $Emulator.SpatiaFi
        'http://127.0.0.1:8400'                 = $Emulator.Url
        'https://fra1.blynk.cloud'              = $Emulator.Blynk
        'fra1.blynk.cloud'                      = $Emulator.Blynk
        'https://mycompany.jetbrains.space'     = $Emulator.Space
        'mycompany.jetbrains.space'             = $Emulator.Space
        'https://api.spatiafi.com'              = $Emulator.SpatiaFi
        'https://login.contoso.com'             = "$($Emulator.Url)/contoso"
        'https://accounts.contoso.com'          = "$($Emulator.Url)/accounts"
        'https://api.fabrikam.com/oauth2/token' = "$($Emulator.SpatiaFi)/api/v1/auth/jwt/token"
        'https://your.app/callback'             = "http://127.0.0.1:$port/"
        'http://127.0.0.1:8401/'                = "http://127.0.0.1:$port/"
        '<the id of your network>'              = '8f1ad2a0-3c64-4f4e-9d3e-0d6b6a2f7c11'
        '<the id of the network>'               = '8f1ad2a0-3c64-4f4e-9d3e-0d6b6a2f7c11'
        '<scope>'                               = $Code -match 'Spacebring' ? 'resources' : '**'
        # The public client has to use PKCE, which the implicit flow has not.
        '<id>'                                  = $Code -match '-Flow Implicit' ? 'space-client' : 'space-public'
        'my-client'                             = 'space-public'
        'openid, api'                           = "'Project:*'"
    }
    foreach ($name in $names.Keys) { $Code = $Code.Replace($name, $names[$name]) }
    $Code = $Code -replace '(?m)^dotnet build .*$'

    $edits = foreach ($command in Find-ExampleCommand $Code) {
        $name = $command.GetCommandName()
        $given = $command.CommandElements.ParameterName
        if ($name -eq 'Get-Credential') {
            $before = $Code.Substring(0, $command.Extent.StartOffset)
            $isPerson = $before -match '-Credential \($' -or "$command" -match 'mail'
            $next = [regex]::Match($Code.Substring($before.LastIndexOf("`n") + 1), 'Blynk|Spacebring|JetBrainsSpace|SpatiaFi|Fabrikam|Acme|Nordwind').Value
            @{ At = $command.Extent.StartOffset; Length = $command.Extent.Text.Length; Text = "Get-DemoCredential $next $isPerson" }
        }
        elseif ($name -match '^Connect-OAuthProvider$|SpatiaFiAppCredential$' -and $given -notcontains 'ServiceUrl' -and -not (Test-Piped $command)) {
            $provider = $name -match 'SpatiaFi' ? ($given -contains 'Credential' ? 'SpatiaFi' : '') : ($command.CommandElements[1].Extent.Text -replace '-Provider')
            if ($provider -in 'Spacebring', 'SpatiaFi') {
                $vendors = $name -eq 'Connect-OAuthProvider' -and $provider -eq 'SpatiaFi' -and -not ($given -match 'Credential$')
                @{ At = $command.CommandElements[0].Extent.EndOffset; Length = 0; Text = " -ServiceUrl $($Emulator.$provider)$($vendors ? ' -UseVendorCredential' : '')" }
            }
        }
    }

    foreach ($edit in $edits | Sort-Object At -Descending) { $Code = $Code.Remove($edit.At, $edit.Length).Insert($edit.At, $edit.Text) }
    $Code
}

function Find-ExampleCommand([string] $Code) {
    $problems = $null
    $tree = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $problems)
    if ($problems) { throw "It does not parse: $($problems[0].Message)" }
    $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
}

# What comes from the pipeline brings its address along.
function Test-Piped($Command) { $Command.Parent -is [System.Management.Automation.Language.PipelineAst] -and $Command.Parent.PipelineElements[0] -ne $Command }

# What a process needs to run them in: the emulator's accounts, a browser that signs in by itself, and answers to what is asked.
function Get-ExamplePreparation($Emulator, [string] $Folder) {
    $emulatorModule = Join-Path $PSScriptRoot Emulator.psm1
    $browser = "`"$($Emulator.Process.StartInfo.FileName)`" `"$($Emulator.Process.StartInfo.ArgumentList[0])`" browse %s"
    @"
`$PSDefaultParameterValues['Invoke-RestMethod:AllowUnencryptedAuthentication'] = `$true
Import-Module '$emulatorModule'
`$null = & (Get-Module Emulator) { `$script:Emulator = @{ Url = '$($Emulator.Url)'; Blynk = '$($Emulator.Blynk)'; Spacebring = '$($Emulator.Spacebring)'; SpatiaFi = '$($Emulator.SpatiaFi)'; Space = '$($Emulator.Space)' } }
Set-Location '$Folder'
`$env:BROWSER = '$browser'
`$env:BLYNK_CLIENT_ID = (Get-Account).BlynkClient.UserName
`$env:BLYNK_CLIENT_SECRET = (Get-Account).BlynkClient.GetNetworkCredential().Password
`$env:GITHUB_ENV = Join-Path '$Folder' github.env
function Get-DemoCredential([string] `$Provider, [string] `$IsPerson) {
    `$account = Get-Account
    switch (`$Provider) {
        Blynk { `$account.BlynkClient }
        Spacebring { `$account.SpacebringClient }
        Nordwind { `$account.RehearsalClient }
        { `$_ -in 'JetBrainsSpace', 'Acme' } { `$IsPerson -eq 'True' ? `$account.SpaceUser : `$account.SpaceClient }
        default { `$IsPerson -eq 'True' ? `$account.SpatiaFiUser : `$account.SpatiaFiClient }
    }
}
function Read-Host([string] `$Prompt, [switch] `$AsSecureString, [switch] `$MaskInput) {
    `$answer = switch -Wildcard (`$Prompt) {
        'Client secret' { (Get-Account).SpatiaFiClient.GetNetworkCredential().Password }
        '*Spacebring' { Get-SpacebringRefreshToken }
        '*JetBrainsSpace' { Get-SpaceRefreshToken }
        default { Get-BlynkRefreshToken }
    }
    `$AsSecureString ? (ConvertTo-Secret `$answer) : `$answer
}
# Azure Automation's own command, which there is nowhere else.
function Get-AutomationPSCredential([string] `$Name) { (Get-Account)."`${Name}Client" }
"@
}

# The provider file that docs/provider-file.md describes.
function Add-AcmeFile($Emulator, [string] $Folder) {
    $json = [regex]::Match((Get-Content -Raw (Join-Path $script:Root docs provider-file.md)), '(?ms)^```json\r?\n(.*?)^```').Groups[1].Value
    Set-Content (Join-Path $Folder acme.json) $json.Replace('https://api.acme.example', $Emulator.Space)
}

# The provider files and dialects of docs/emulator.md, and serve's options to play them.
function Add-RehearsalFile([string] $Folder) {
    $text = Get-Content -Raw (Join-Path $script:Root docs emulator.md)
    foreach ($block in [regex]::Matches($text, '(?ms)^`([\w.]+\.json)`:\r?\n```json\r?\n(.*?)^```')) {
        $file = Join-Path $Folder $block.Groups[1].Value
        Set-Content $file $block.Groups[2].Value
        $file -match '\.dialect\.json$' ? '--dialect' : '--provider'
        $file
    }
}

# A server that says by itself what it offers. It comes from the emulator's faults: a person signs in at JetBrains Space's page, every
# request for a token gets the same one, a JWT signed with the server's key, and every token is called good.
function Add-Contoso($Emulator) {
    $issuer = "$($Emulator.Url)/contoso"
    $rsa = [System.Security.Cryptography.RSA]::Create(2048)
    $public = $rsa.ExportParameters($false)
    $jwk = @{ kty = 'RSA'; kid = 'one'; use = 'sig'; alg = 'RS256'; n = ConvertTo-Base64Url $public.Modulus; e = ConvertTo-Base64Url $public.Exponent }
    $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
    $claims = @{ iss = $issuer; sub = 'ada'; aud = 'api'; iat = $now; exp = $now + 3600 }
    $signed = (@{ alg = 'RS256'; kid = 'one'; typ = 'at+jwt' }, $claims | ForEach-Object { ConvertTo-Base64Url ([Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $_ -Compress))) }) -join '.'
    $signature = $rsa.SignData([Text.Encoding]::ASCII.GetBytes($signed), 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)

    $metadata = @{
        issuer                                = $issuer
        authorization_endpoint                = "$($Emulator.Space)/oauth/auth"
        token_endpoint                        = "$issuer/token"
        introspection_endpoint                = "$issuer/introspect"
        jwks_uri                              = "$issuer/jwks"
        grant_types_supported                 = @('authorization_code', 'refresh_token', 'client_credentials')
        response_types_supported              = @('code')
        token_endpoint_auth_methods_supported = @('private_key_jwt', 'client_secret_basic')
        scopes_supported                      = @('Project:*', 'Profile:ViewProfile')
    }
    $answers = [ordered]@{
        '/.well-known/oauth-authorization-server/contoso' = $metadata
        '/contoso/.well-known/'                           = $metadata
        '/contoso/token'                                  = @{ access_token = "$signed.$(ConvertTo-Base64Url $signature)"; token_type = 'Bearer'; expires_in = 3600; scope = 'Project:*' }
        '/contoso/introspect'                             = @{ active = $true; scope = 'Project:*'; client_id = 'space-public' }
        '/contoso/jwks'                                   = @{ keys = @($jwk) }
    }

    # The same with people: an ID token beside the token, and the claims about who signed in.
    $people = "$($Emulator.Url)/accounts"
    $identity = @{ iss = $people; sub = 'ada'; aud = 'space-public'; iat = $now; exp = $now + 3600 }
    $said = (@{ alg = 'RS256'; kid = 'one' }, $identity | ForEach-Object { ConvertTo-Base64Url ([Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $_ -Compress))) }) -join '.'
    $sealed = $rsa.SignData([Text.Encoding]::ASCII.GetBytes($said), 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
    $answers['/accounts/.well-known/'] = $answers['/.well-known/oauth-authorization-server/accounts'] = $metadata + @{ userinfo_endpoint = "$people/userinfo" }
    $answers['/accounts/.well-known/'].issuer = $people
    $answers['/accounts/.well-known/'].token_endpoint = "$people/token"
    $answers['/accounts/token'] = $answers['/contoso/token'] + @{ id_token = "$said.$(ConvertTo-Base64Url $sealed)" }
    $answers['/accounts/userinfo'] = @{ sub = 'ada'; name = 'Ada Lovelace' }
    foreach ($path in $answers.Keys) {
        Add-Fault @{ path = $path; times = 0; status = 200; contentType = 'application/json'; body = ConvertTo-Json $answers[$path] -Depth 5 }
    }
}

# An API of the current session's, for what none of the documented ones has.
function Add-PagedApi([string] $Folder) {
    Set-Content (Join-Path $Folder report.pdf) 'A report.'
    $refused = '{"error":{"code":"sold_out","message":"There are none left."}}'
    Add-Fault @{ path = '/blynk/v1/orders'; times = 0; status = 422; contentType = 'application/json'; body = $refused }
    Add-Fault @{ path = '/blynk/v1/'; times = 0; status = 200; contentType = 'application/json'; body = '{"value":[{"id":1}],"events":[],"meta":{}}' }
}

function ConvertTo-Base64Url([byte[]] $Bytes) { [Convert]::ToBase64String($Bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_') }

# The key of a client, as it makes one for itself.
function Add-ClientKey([string] $Folder) {
    $key = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve+NamedCurves]::nistP256)
    Set-Content (Join-Path $Folder client.pem) $key.ExportPkcs8PrivateKeyPem()
    $root = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=Company Root', $key, 'SHA256')
    Set-Content (Join-Path $Folder company-root.pem) $root.CreateSelfSigned([DateTimeOffset]::UtcNow, [DateTimeOffset]::UtcNow.AddDays(1)).ExportCertificatePem()
}

Export-ModuleMember -Function Get-Example, ConvertTo-Runnable, Get-ExamplePreparation, Add-AcmeFile, Add-ClientKey, Add-PagedApi, Add-Contoso, Add-RehearsalFile
