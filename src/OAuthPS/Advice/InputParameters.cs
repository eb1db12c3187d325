using OAuthPS.Flows;

namespace OAuthPS.Advice;

/// <summary>The parameters by which a user gives what the library calls an input.</summary>
internal static class InputParameters
{
    /// <summary>Whether a cmdlet takes it. A code is given to none: a sign-in brings it.</summary>
    internal static bool Has(OAuthInput input) => input != OAuthInput.AuthorizationCode;

    internal static string Of(OAuthInput input) => input switch
    {
        OAuthInput.ClientSecret => "-ClientCredential",
        OAuthInput.ClientKey => "-ClientKey",
        OAuthInput.UserCredential => "-Credential",
        OAuthInput.AssertionClaims => "-AssertionClaim",
        OAuthInput.AuthorizationDetails => "-AuthorizationDetail",
        OAuthInput.VerificationKey => "-Key",
        OAuthInput.VendorCredential => "-UseVendorCredential",
        OAuthInput.Revocation => "-Revoke",
        _ => $"-{input}",
    };

    /// <summary>The parameters with those that they do not work without.</summary>
    internal static string WithOthers(OAuthInput input) => input switch
    {
        OAuthInput.ClientKey or OAuthInput.ClientCertificate => $"-ClientId and {Of(input)}",
        _ => Of(input),
    };
}
