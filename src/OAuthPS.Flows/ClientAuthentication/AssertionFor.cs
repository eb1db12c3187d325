using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary>How a client's assertions are written for a server.</summary>
/// <param name="Audience">Whom they are for (<c>aud</c>, RFC 7523 section 3).</param>
/// <param name="Type">The <c>typ</c> of their header; null for a plain JWT.</param>
internal sealed record AssertionFor(string Audience, string? Type)
{
    /// <summary>
    /// The <c>typ</c> that goes with the issuer (draft-ietf-oauth-rfc7523bis section 4): it can be taken for no other JWT.
    /// </summary>
    internal const string ClientAuthenticationType = "client-authentication+jwt";

    /// <summary>Whether <c>client_id</c> goes beside them (RFC 7521 section 4.2).</summary>
    internal bool HasClientId { get; init; } = true;

    /// <summary>Whether their header also has the SHA-1 thumbprint of the key's certificate (<c>x5t</c>).</summary>
    internal bool HasSha1Thumbprint { get; init; }

    /// <summary>What to try once where the server refuses these; null where there is nothing else.</summary>
    internal AssertionFor? Other { get; private init; }

    /// <summary>
    /// What the provider states, else the issuer where it is known, else the token endpoint. It is never the address that is called: a
    /// hostile server could name an address of another server as its own, and use the assertion there.
    /// </summary>
    /// <param name="provider">The provider, complete.</param>
    /// <param name="serviceUrl">Where it is.</param>
    internal static AssertionFor Of(OAuthProvider provider, Uri serviceUrl)
    {
        var tokenEndpoint = provider.TokenEndpoint is { } path ? OAuthProvider.At(serviceUrl, path) : serviceUrl;

        // An issuer with a placeholder names no server (RFC 8414 section 2: a URL).
        var format = provider.ClientAssertion;
        var issuer = format?.Audience is null && provider.TokenIssuer is { } named && !named.Contains('{', StringComparison.Ordinal)
            ? named
            : null;
        var byEndpoint = Stated(format?.Audience ?? tokenEndpoint.OriginalString, format);
        return issuer is null ? byEndpoint : byEndpoint with
        {
            Audience = issuer,
            Type = byEndpoint.Type ?? ClientAuthenticationType,

            // Many servers know themselves by their token endpoint alone. One of another origin may be somebody else's.
            Other = IsOfOrigin(tokenEndpoint, issuer) ? byEndpoint : null,
        };
    }

    /// <summary>For whom the user says, otherwise as the provider states.</summary>
    internal static AssertionFor Stated(string audience, ClientAssertionFormat? format) => new(audience, format?.Type)
    {
        HasClientId = format?.SendsClientId ?? true,
        HasSha1Thumbprint = format?.SendsSha1Thumbprint ?? false,
    };

    private static bool IsOfOrigin(Uri endpoint, string issuer) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out var other) && SecureUrl.IsSameOrigin(endpoint, other);
}
