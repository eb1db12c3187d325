using System.Security.Cryptography;
using OAuthPS.Flows.Grants;
using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Interaction;

/// <summary>The person's part of the authorization code flow (RFC 6749 section 4.1, RFC 7636, RFC 8252).</summary>
internal sealed class AuthorizationCodeSignIn(ConnectRequest request, TokenEndpoint endpoint, ISignInPrompt prompt, IFlowLog log)
    : BrowserSignIn<AuthorizationCode>(request, endpoint, prompt, log)
{
    // OpenID Connect Core 1.0 section 3.1.2.1: binds the ID token to this sign-in.
    private readonly string? _nonce = request.Provider.Issuer is not null && request.ScopeText?.Split(' ').Contains("openid") == true
        ? Base64Url.Encode(RandomNumberGenerator.GetBytes(16)) : null;

    private readonly Secret? _verifier = request.Provider.SupportsPkce ? Pkce.CreateVerifier() : null;

    private protected override OAuthFlow Flow => OAuthFlow.AuthorizationCode;

    private protected override AuthorizationRequest CreateRequest(Uri endpoint, string clientId, string redirectUri)
    {
        var request = new AuthorizationRequest(endpoint, "code", clientId, redirectUri);
        if (_verifier is not null)
        {
            request.Parameters.Add(ParameterNames.CodeChallenge, Pkce.Challenge(_verifier));
            request.Parameters.Add(ParameterNames.CodeChallengeMethod, Pkce.Method);
        }

        if (_nonce is not null)
        {
            request.Parameters.Add(ParameterNames.Nonce, _nonce);
        }

        if (Endpoint.DPoP is { } bound)
        {
            // RFC 9449 section 10: a code that somebody else has caught is of no use without the key either.
            request.Parameters.Add(ParameterNames.DPoPKeyThumbprint, bound.Key.Thumbprint);
        }

        if (Provider.OfflineAccess is { } offline)
        {
            request.Parameters.Add(offline.Name, offline.Value);
        }

        return request;
    }

    private protected override AuthorizationCode Read(Dictionary<string, string> parameters, AuthorizationRequest sent) =>
        new(AuthorizationResponse.Check(parameters, sent, Provider).RequireCode(), sent.RedirectUri, _verifier, _nonce);

    // Some pages show the code by itself. It has no state to compare; who pastes it has seen where it came from.
    private protected override AuthorizationCode? ReadBare(string pasted, AuthorizationRequest sent) =>
        pasted.Length > 0 && !pasted.Any(char.IsWhiteSpace) && !pasted.Contains("://", StringComparison.Ordinal)
            ? new AuthorizationCode(new Secret(pasted), sent.RedirectUri, _verifier, _nonce) : null;
}
