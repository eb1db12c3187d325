using OAuthPS.Flows.Protocol;

namespace OAuthPS.Flows.Grants;

/// <summary>The exchange of an authorization code (RFC 6749 section 4.1.3, RFC 7636 section 4.5).</summary>
/// <param name="code">The code from the redirect.</param>
/// <param name="redirectUri">The redirect URI of the authorization request, byte for byte.</param>
/// <param name="codeVerifier">The verifier whose challenge was sent; null when none was.</param>
/// <param name="nonce">The nonce of the authorization request; null when no ID token was asked for.</param>
/// <param name="access">The access that was asked for.</param>
internal sealed class AuthorizationCodeGrant(Secret code, string? redirectUri, Secret? codeVerifier, string? nonce, RequestedAccess access) : Grant
{
    internal override bool CanRepeat => false;

    internal override string? Nonce => nonce;

    private protected override void AddParameters(RequestParameters parameters, TokenEndpoint endpoint)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.AuthorizationCode);
        parameters.Add(ParameterNames.Code, code);
        if (redirectUri is not null && endpoint.Provider.CodeExchangeSendsRedirectUri)
        {
            parameters.Add(ParameterNames.RedirectUri, redirectUri);
        }

        if (codeVerifier is not null)
        {
            parameters.Add(ParameterNames.CodeVerifier, codeVerifier);
        }

        access.AddResourceTo(parameters);
    }
}
