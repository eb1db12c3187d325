@{
    ModuleVersion     = '1.0'
    GUID              = '6c3f5e0b-4c39-4f7c-9d2e-0c8c8f1f1a57'
    Description       = 'A SecretManagement vault for tests: a folder, which takes as long to answer as the file "seconds" in it says.'
    NestedModules     = './SlowVault.Extension'
    FunctionsToExport = @()
    PrivateData       = @{ PSData = @{ Tags = 'SecretManagement' } }
}
