# What a vault's own module is asked by, and answers with.

enum SecretType { Unknown; ByteArray; String; SecureString; PSCredential; Hashtable }

# It is made in one runspace and read in others.
[NoRunspaceAffinity()]
class SecretInformation {
    [string] $Name
    [SecretType] $Type
    [string] $VaultName
    [System.Collections.Generic.IReadOnlyDictionary[string, object]] $Metadata

    SecretInformation([string] $name, [SecretType] $type, [string] $vaultName) { $this.Set($name, $type, $vaultName, @{}) }

    SecretInformation([string] $name, [SecretType] $type, [string] $vaultName, [hashtable] $metadata) {
        $this.Set($name, $type, $vaultName, $metadata)
    }

    hidden [void] Set([string] $name, [SecretType] $type, [string] $vaultName, [hashtable] $metadata) {
        $this.Name, $this.Type, $this.VaultName = $name, $type, $vaultName
        $all = [System.Collections.Generic.Dictionary[string, object]]::new()
        foreach ($key in $metadata.Keys) { $all[$key] = $metadata[$key] }
        $this.Metadata = [System.Collections.ObjectModel.ReadOnlyDictionary[string, object]]::new($all)
    }
}

# Extensions find these types by their real names, which no class of a script can have by itself.
$accelerators = [psobject].Assembly.GetType('System.Management.Automation.TypeAccelerators')
foreach ($type in [SecretInformation], [SecretType]) {
    foreach ($name in $type.Name, "Microsoft.PowerShell.SecretManagement.$($type.Name)") {
        if (-not $accelerators::Get.ContainsKey($name)) { $accelerators::Add($name, $type) }
    }
}

$script:Extensions = @{}

function Invoke-Extension($Vault, [string] $Command, [hashtable] $Parameter) {
    $path = Join-Path $Vault.ModulePath "$($Vault.ModuleName).Extension"
    if (-not $script:Extensions[$path]) {
        # None of its commands becomes one of this module: they have the same names.
        $manifest = Join-Path $path "$($Vault.ModuleName).Extension.psd1"
        $script:Extensions[$path] = Import-Module $manifest -Function none -PassThru -Force -DisableNameChecking
    }

    $all = @{ VaultName = $Vault.Name; AdditionalParameters = $Vault.VaultParameters } + $Parameter
    & $script:Extensions[$path] {
        param($command, $all)
        $known = Get-Command $command -Module $MyInvocation.MyCommand.Module.Name -ErrorAction Ignore
        if (-not $known) { throw "The vault has no command $command." }
        & $command @all
    } $Command $all
}
