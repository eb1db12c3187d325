using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Server;

/// <content>What the server has signed, and its keys.</content>
internal sealed partial class AuthorizationServer
{
    /// <summary>The parameters of an authorization response that the server has signed.</summary>
    /// <exception cref="OAuthException">It is not this server's, or not for this client.</exception>
    internal Task<Dictionary<string, string>> OpenAuthorizationResponseAsync(
        Secret response, IFlowLog log, CancellationToken cancellationToken)
    {
        // A server without an issuer of its own is known by its address.
        var expected = new JwtAuthorizationExpectation(
            Provider.TokenIssuer ?? ServiceUrl.OriginalString, Client!.ClientId, Provider.AuthorizationSigningAlgorithms);
        return JwtAuthorizationResponse.OpenAsync(response, expected, Keys(expected.Issuer), Clock, log, cancellationToken);
    }

    /// <summary>The server's public keys.</summary>
    /// <exception cref="OAuthProtocolException">It has none.</exception>
    internal KeySet Keys(string issuer) =>
        KeySet.At(transport, OAuthProvider.At(ServiceUrl, Provider.JwksEndpoint ?? throw Errors.MetadataMember(issuer, "jwks_uri")));

    /// <summary>
    /// The token response of the implicit flow, once the ID token beside it has been checked (OpenID Connect Core 1.0 section 3.2.2.11).
    /// </summary>
    /// <exception cref="OAuthException">One was asked for and is missing, or a check failed.</exception>
    internal async Task<TokenResponse> WithRedirectSubjectAsync(
        TokenResponse response, string? nonce, IFlowLog log, CancellationToken cancellationToken) =>
        IsIdTokenChecked(response, nonce)
            ? await WithSubjectAsync(response, nonce, needsAccessTokenHash: true, log, cancellationToken).ConfigureAwait(false)
            : response;

    private bool IsIdTokenChecked(TokenResponse response, string? nonce) =>
        Provider.Issuer is not null && Client is not null && (response.IdToken is not null || nonce is not null);

    private async Task<TokenResponse> WithSubjectAsync(
        TokenResponse response, string? nonce, bool needsAccessTokenHash, IFlowLog log, CancellationToken cancellationToken)
    {
        // OpenID Connect Core 1.0 section 3.1.3.3: who asked for an ID token is given one.
        var idToken = response.IdToken ?? throw Errors.IdToken("is missing");
        var expected = new IdTokenExpectation(
            Provider.TokenIssuer!, Client!.ClientId, Provider.IdTokenAlgorithms, nonce, response.AccessToken.Value)
        {
            Parties = Provider.IdTokenParties,
            NeedsAccessTokenHash = needsAccessTokenHash,
        };
        var subject = await IdToken.CheckAsync(
            idToken, expected, Keys(Provider.Issuer!), Clock, log, cancellationToken).ConfigureAwait(false);
        return response with { Subject = subject };
    }
}
