# The services that come with the module: what differs from customer to customer is a parameter, once -Provider names the service.

Describe 'A service' {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
        Import-Module (Get-ModulePath)
        $client = [pscredential]::new('me', (ConvertTo-SecureString 'canary-secret' -AsPlainText -Force))
        function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }
    }

    It 'is asked for what differs, in its own word, before anything is sent' {
        $failure = { Connect-OAuthProvider CrowdStrike -ClientCredential $client } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'VariableNeeded,*'
        $failure.Exception.Message | Should -BeLike "CrowdStrike Falcon needs the Cloud: *Give it with -Cloud, such as 'us-1', or the whole address with -ServiceUrl."
    }

    It 'refuses a value that is none, and names those there are' {
        $failure = { Connect-OAuthProvider CrowdStrike -ClientCredential $client -Cloud us-9 } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidVariable,*'
        $failure.Exception.Message | Should -BeLike "'us-9' cannot be the Cloud of CrowdStrike Falcon: it is one of us-1, us-2, *"
        { Connect-OAuthProvider Salesforce -ClientCredential $client -MyDomain 'evil.example/x' } | Should -Throw -ErrorId 'InvalidVariable,*'
    }

    It 'says with -WhatIf where it would connect' {
        $said = Connect-OAuthProvider CrowdStrike -ClientCredential $client -Cloud EU-1 -WhatIf *>&1 | Out-String
        $said | Should -BeNullOrEmpty -Because 'the host alone is told'
        (Get-OAuthSession).Name | Should -Not -Contain 'CrowdStrike'
    }

    It 'is completed by the Tab key: its name, the parameter, its values, and the scopes to start with' {
        Complete 'Connect-OAuthProvider Crowd' | Should -Be 'CrowdStrike'
        Complete 'Connect-OAuthProvider CrowdStrike -Clou' | Should -Be '-Cloud'
        Complete 'Connect-OAuthProvider -Provider CrowdStrike -Cloud us-' | Should -Be 'us-1', 'us-2', 'us-gov-1', 'us-gov-2'
        Complete 'Connect-OAuthProvider Salesforce -MyDomain ' | Should -Be 'mycompany'
        Complete 'Connect-OAuthProvider GitHub -Scope re' | Should -Be 'repo', "'read:org'", "'read:user'"
        Complete 'Connect-OAuthProvider Salesforce -ServiceUrl ' | Should -Be "'https://mycompany.my.salesforce.com/'"
        Complete 'Connect-OAuthProvider Blynk -Clou' | Should -BeNullOrEmpty
    }

    It 'shows in a list what somebody needs who starts' {
        $text = Get-OAuthProvider CrowdStrike | Format-List | Out-String -Width 400
        $text | Should -Match 'Connect-OAuthProvider CrowdStrike -Cloud ''us-1'' -ClientCredential'
        $text | Should -Match 'Variables\s+: Cloud \('
        $text | Should -Match 'ClientRegistration\s+: Falcon console'
        $text | Should -Match 'DocumentationRead\s+: '
        Get-OAuthProvider CrowdStrike | Out-String | Should -Match 'your own: https://\{Cloud\}'
    }

    It 'is in the list of all, and the table of the others says how to see it' {
        (Get-OAuthProvider *).Name | Should -Contain 'GitHub'
        (Get-OAuthProvider).Name | Should -Not -Contain 'GitHub'
        Get-OAuthProvider | Out-String | Should -Match 'Get-OAuthProvider \* lists the services too'
    }

    It 'is asked for an assertion with the same parameter' {
        $failure = { New-OAuthClientAssertion -Provider Salesforce -ClientCredential $client } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'VariableNeeded,*'
        (New-OAuthClientAssertion -Provider Salesforce -ClientCredential $client -MyDomain mycompany -AsPlainText | ConvertFrom-OAuthJwt).Audience |
            Should -Be 'https://mycompany.my.salesforce.com/services/oauth2/token'
    }
}

Describe 'A provider file with a variable' -Skip:($IsWindows -or $IsMacOS) -Tag ($IsWindows -or $IsMacOS ? 'Only on Linux can the configuration folder be moved.' : '') {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot Emulator.psm1) -Force
        $module = Get-ModulePath
        $folder = Join-Path ([System.IO.Path]::GetTempPath()) "oauthps-$([guid]::NewGuid())"
        $null = New-Item -ItemType Directory $folder
        function Invoke-Shell([string] $Script) {
            $before = $env:XDG_CONFIG_HOME
            $env:XDG_CONFIG_HOME = $folder
            try { Invoke-PowerShell -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; Import-Module '$module'; Set-Location '$folder'; $Script" 2>&1 }
            finally { $env:XDG_CONFIG_HOME = $before }
        }
    }

    AfterAll { Remove-Item -Recurse -Force $folder }

    It 'is refused where the variable would hide a parameter' {
        '{"name":"Acme","serviceUrlTemplate":"https://{Scope}.example","variables":[{"name":"Scope","meaning":"m","example":"e"}],"tokenEndpoint":"/t","flows":["ClientCredentials"],"clientAuthentications":["Basic"]}' | Set-Content (Join-Path $folder acme.json)
        Invoke-Shell 'try { Register-OAuthProvider -Path acme.json } catch { $_.FullyQualifiedErrorId; $_.Exception.Message }' |
            Should -Be 'ProviderDataInvalid,OAuthPS.Commands.RegisterOAuthProviderCommand', "The variable 'Scope' of the provider file would hide the parameter -Scope. Give the variable another name in the file."
    }

    It 'goes before the service of its name, with a warning' {
        '{"name":"GitHub","serviceUrl":"http://127.0.0.1:9","tokenEndpoint":"/t","flows":["ClientCredentials"],"clientAuthentications":["Basic"]}' | Set-Content (Join-Path $folder github.json)
        $said = Invoke-Shell '$null = Register-OAuthProvider -Path github.json; $client = [pscredential]::new("me", (ConvertTo-SecureString "canary-secret" -AsPlainText -Force)); try { Connect-OAuthProvider GitHub -ClientCredential $client -WarningVariable said -WarningAction SilentlyContinue } catch { }; "$said"; Unregister-OAuthProvider GitHub; (Get-OAuthProvider GitHub).ServiceUrl.Host'
        $said | Should -Be "GitHub is as your file $folder/OAuthPS/providers/GitHub.json describes it, and not as the service that is built in. If it is not yours, Unregister-OAuthProvider GitHub removes it.", 'github.com'
    }
}
