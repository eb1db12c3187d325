# Command lines that are made of a provider's data: PowerShell's own parser says what they would do when pasted.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
    Import-Module (Get-ModulePath)

    $random = [System.Random]::new(20260106)
    $pieces = "'", '"', '`', '$', '$(', '$x', '${', '(', ')', '{', '}', '@{', '@(', ';', '|', '&', '<', '>', '#', ' ', ',', '--%', '-', '=', '[', ']', '::', '\', '/',
        [char] 0x2018, [char] 0x2019, [char] 0x201A, [char] 0x201B, [char] 0x201C, [char] 0x201D, [char] 0x201E, [char] 0x2013, [char] 0x2014, [char] 0xA0, 'Invoke-Expression', 'ls', 'ä', '1', 'https://'
    function Get-HostileText { -join (1..$random.Next(1, 12) | ForEach-Object { $pieces[$random.Next($pieces.Count)] }) }

    $literal = 'ScriptBlockAst', 'NamedBlockAst', 'PipelineAst', 'CommandAst', 'CommandParameterAst', 'StringConstantExpressionAst', 'ParenExpressionAst', 'HashtableAst', 'CommandExpressionAst'

    # The literals of a command line that is one command; fails where it is anything else.
    function Get-Literal([string] $Line) {
        $tokens = $errors = $null
        $script = [System.Management.Automation.Language.Parser]::ParseInput($Line, [ref] $tokens, [ref] $errors)
        $all = $script.FindAll({ $true }, $true)
        $isOneCommand = -not $errors -and @($script.EndBlock.Statements).Count -eq 1 -and @($script.EndBlock.Statements[0].PipelineElements).Count -eq 1
        $kinds = $all.ForEach({ $_.GetType().Name }).Where({ $_ -notin $literal })

        # What asks for a secret is the only other command.
        $commands = $all.Where({ $_ -is [System.Management.Automation.Language.CommandAst] }).ForEach({ $_.GetCommandName() }).Where({ $_ -notin 'Connect-OAuthProvider', 'Get-Credential', 'Read-Host' })
        if (-not $isOneCommand -or $kinds -or $commands) { throw "It is not one command with literal arguments ($errors $kinds $commands): $Line" }
        $all.Where({ $_ -is [System.Management.Automation.Language.StringConstantExpressionAst] }).Value
    }

    function Get-Provider([string] $Example, [string] $Header, [string] $Meaning) {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        @{
            name = 'Acme'; tokenEndpoint = '/token'; authorizationEndpoint = '/authorize'; deviceAuthorizationEndpoint = '/device'; serviceUrlExample = $Example
            flows = 'ClientCredentials', 'AuthorizationCode', 'Password', 'RefreshToken', 'TokenExchange', 'JwtBearer', 'DeviceCode'
            clientAuthentications = , 'Post'; apiHeaders = , @{ name = $Header; meaning = $Meaning }
        } | ConvertTo-Json -Depth 5 | Set-Content -LiteralPath $path
        [OAuthPS.Flows.Registration.ProviderFile]::Read($path)
    }
}

Describe 'A command line made of a provider file' {
    It 'injects no command by <Member>' -ForEach @(
        @{ Member = 'serviceUrlExample'; Example = 'https://x.example; Remove-Item ~'; Header = 'X-T'; Meaning = 'a tenant' }
        @{ Member = 'apiHeaders.meaning'; Example = 'https://x.example'; Header = 'X-T'; Meaning = "a' }; Remove-Item ~; @{ 'x' = '" }
        @{ Member = 'apiHeaders.name'; Example = 'https://x.example'; Header = "X$([char] 0x2019) = `$(Remove-Item ~); 'y"; Meaning = 'a tenant' }
    ) {
        foreach ($line in (Get-Provider $Example $Header $Meaning).Commands) {
            $literals = Get-Literal $line
            $literals | Should -Contain $Example
            $literals | Should -Contain $Header
            $literals | Should -Contain "<$Meaning>"
        }
    }

    It 'is one command with literal arguments, whatever the file says' {
        foreach ($i in 1..60) {
            $example, $header, $meaning = (Get-HostileText), (Get-HostileText), (Get-HostileText)
            foreach ($line in (Get-Provider $example $header $meaning).Commands) {
                $literals = Get-Literal $line
                $example, $header, "<$meaning>" | Where-Object { $_ -cnotin $literals } | Should -BeNullOrEmpty -Because $line
            }
        }
    }

    It 'is one command for each flow of the built-in providers' {
        foreach ($line in (Get-OAuthProvider).Commands) { Get-Literal $line | Should -Contain 'Connect-OAuthProvider' }
    }

    It 'completes each name as one literal' {
        foreach ($i in 1..200) {
            $name = Get-HostileText
            $name -cin (Get-Literal "Connect-OAuthProvider -Name $([OAuthPS.Advice.CommandText]::Word($name))") | Should -BeTrue -Because $name
        }
    }

    It 'completes an address in quotes, and escapes what a terminal would obey' {
        $completer = [OAuthPS.Parameters.ServiceUrlCompleter]::new()
        $meaning = [OAuthPS.Flows.Secrets.TerminalText]::Escape("a`e[2Jb$([char] 0x202E)c")
        $meaning | Should -Be 'a\u001B[2Jb\u202Ec'
        $completer.CompleteArgument('Connect-OAuthProvider', 'ServiceUrl', '', $null, @{ Provider = 'Blynk' }).CompletionText | Should -Be "'https://fra1.blynk.cloud'"
    }
}

Describe 'A key given where a path or a name belongs' {
    BeforeAll {
        $rsa = [System.Security.Cryptography.RSA]::Create(2048)
        $whole = [Convert]::ToBase64String($rsa.ExportPkcs8PrivateKey())
        $cut = $whole.Substring(0, 1200)

        # All that an error shows, in any view, with all that stands behind it.
        function Get-Shown([scriptblock] $Command) {
            try { $null = & $Command; throw 'It did not fail.' }
            catch { ($_ | Format-List * -Force | Out-String -Width 4000), ($_.Exception | Format-List * -Force | Out-String -Width 4000), "$_", "$($_.CategoryInfo)", "$($_.Exception)" -join "`n" }
        }
    }

    It 'is read where it is the base64 of one' {
        (New-OAuthClientAssertion https://a.example/token -ClientId me -ClientKey $whole).Algorithm | Should -Be 'RS256'
        (New-OAuthClientAssertion https://a.example/token -ClientId me -ClientKey ($whole -replace '(.{64})', "`$1`n")).Algorithm | Should -Be 'RS256'
    }

    It 'is not repeated by <Command>' -ForEach @(
        @{ Command = 'New-OAuthClientAssertion https://a.example -ClientId me -ClientKey $key' }
        @{ Command = 'New-OAuthClientAssertion https://a.example -ClientId me -ClientKey "user:$key"' }
        @{ Command = 'New-OAuthClientAssertion https://a.example -ClientId me -ClientKey "Cert:\$key"' }
        @{ Command = 'New-OAuthClientAssertion https://a.example -ClientId me -ClientKey $key -ClientKeyAlgorithm $key' }
        @{ Command = 'Connect-OAuthProvider Blynk -ServiceUrl https://a.example -ClientId me -ClientCertificate $key' }
        @{ Command = 'ConvertFrom-OAuthJwt e30.e30. -Key $key -ErrorAction Stop' }
        @{ Command = 'Register-OAuthProvider -Path $key' }
        @{ Command = 'Connect-OAuthProvider $key' }
        @{ Command = 'Get-OAuthSession $key -ErrorAction Stop' }
        @{ Command = 'Get-OAuthProvider $key -ErrorAction Stop' }
        @{ Command = 'Connect-OAuthProvider Blynk -Flow $key' }
        @{ Command = 'Get-OAuthServerMetadata $key -ErrorAction Stop' }
    ) {
        foreach ($key in $cut, $cut.Substring(40, 43), [Convert]::ToHexString([System.Security.Cryptography.RandomNumberGenerator]::GetBytes(24))) {
            $shown = Get-Shown ([scriptblock]::Create($Command))
            (0..[int][Math]::Floor(($key.Length - 12) / 12)).ForEach({ $key.Substring($_ * 12, 12) }).Where({ $shown.Contains($_) }) | Should -BeNullOrEmpty
        }
    }
}
