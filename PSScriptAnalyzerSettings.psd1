@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # Demo accounts and tests have their passwords in the open; that is what they are for.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        'PSAvoidUsingPlainTextForPassword'
        'PSAvoidUsingUsernameAndPasswordParams'
        # The emulator listens on loopback, where there is no TLS.
        'PSAvoidUsingAllowUnencryptedAuthentication'
        # Pester's blocks share variables in a way the analyzer cannot follow.
        'PSUseDeclaredVarsMoreThanAssignments'
        'PSUseUsingScopeModifierInNewRunspaces'
        # Pester's blocks use a file's parameters, and a vault has to declare all that SecretManagement passes.
        'PSReviewUnusedParameter'
        # What the tests start and stop is theirs.
        'PSUseShouldProcessForStateChangingFunctions'
        # UTF-8 without a byte order mark is what PowerShell 7 reads and writes.
        'PSUseBOMForUnicodeEncodedFile'
    )
}
