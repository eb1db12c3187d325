@{
    Severity     = @('Error', 'Warning', 'Information')
    ExcludeRules = @(
        # Demo accounts and tests have their passwords in the open; that is what they are for.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        'PSAvoidUsingPlainTextForPassword'
        'PSAvoidUsingUsernameAndPasswordParams'
    )
}
