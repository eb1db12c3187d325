using System.Text;
using System.Text.Json;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Server;

/// <summary>The UserInfo response and its checks (OpenID Connect Core 1.0 sections 5.3.2 and 5.3.4), each a named line.</summary>
internal static class UserInfoResponse
{
    internal static bool IsSigned(string? mediaType) =>
        mediaType is not null && mediaType.Equals("application/jwt", StringComparison.OrdinalIgnoreCase);

    /// <returns>The claims; null when the text is no JSON object, or one with a member twice.</returns>
    internal static JsonElement? Read(string? json) => json is null ? null : JsonShape.TryReadObject(Encoding.UTF8.GetBytes(json));

    /// <exception cref="OAuthException">It is not signed by the server, or is for another client.</exception>
    internal static async Task<JsonElement> ReadSignedAsync(
        Secret jwt, AuthorizationServer server, IFlowLog log, CancellationToken cancellationToken)
    {
        var jws = JsonWebSignature.TryRead(jwt.Reveal(), out var malformed) ?? throw Errors.UserInfo(malformed!);
        var issuer = server.Provider.TokenIssuer
            ?? throw Errors.UserInfo("is signed, and the issuer whose keys would verify it is not known");
        var claims = jws.Claims;
        var flaw = await JwtSignature.FindFlawAsync(jwt, jws, SigningAlgorithms.All, server.Keys(issuer), log, cancellationToken)
            .ConfigureAwait(false)

            // Section 5.3.2: a signed one should name both; what it names must be true.
            ?? (Has(claims, "iss") ? TenantIssuer.Flaw(claims, issuer) : null)
            ?? (Has(claims, "aud") && !JwtClaims.Audiences(claims).Contains(server.Client?.ClientId)
                ? "is meant for another client (aud)"
                : null)
            ?? (Has(claims, "exp") ? JwtClaims.EndFlaw(claims, server.Clock.GetUtcNow(), JwtClaims.Skew) : null)
            ?? JwtClaims.StartFlaw(claims, server.Clock.GetUtcNow(), JwtClaims.Skew);
        return flaw is null ? claims : throw Errors.UserInfo(flaw);
    }

    /// <summary>Section 5.3.2: claims about anybody else than the subject of the ID token must not be used.</summary>
    /// <exception cref="OAuthProtocolException">They are, or do not say whom they are about.</exception>
    internal static JsonElement RequireSubject(JsonElement claims, string subject) => JsonWebSignature.Text(claims, "sub") switch
    {
        { } named when named == subject => claims,
        null => throw Errors.UserInfo("does not say whom it is about (sub)"),
        _ => throw Errors.UserInfo("is about another subject than the ID token (sub)"),
    };

    private static bool Has(JsonElement claims, string name) => claims.TryGetProperty(name, out _);
}
