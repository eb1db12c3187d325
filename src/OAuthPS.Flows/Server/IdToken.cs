using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Server;

/// <summary>What an ID token must agree with.</summary>
/// <param name="Issuer">The issuer of the server that was asked.</param>
/// <param name="ClientId">The client that asked.</param>
/// <param name="Algorithms">The algorithms it may be signed with.</param>
/// <param name="Nonce">The nonce of the authorization request; null when none was sent.</param>
/// <param name="AccessToken">The access token that came with it.</param>
internal sealed record IdTokenExpectation(
    string Issuer, string ClientId, IReadOnlyList<string> Algorithms, string? Nonce, Secret AccessToken)
{
    /// <summary>
    /// Whether it must name the access token, which came through the browser beside it (OpenID Connect Core 1.0 section 3.2.2.9).
    /// </summary>
    internal bool NeedsAccessTokenHash { get; init; }
}

/// <summary>An ID token and its checks (OpenID Connect Core 1.0 section 3.1.3.7), each a named line.</summary>
internal static class IdToken
{
    /// <returns>The subject: who signed in.</returns>
    /// <exception cref="OAuthProtocolException">A check failed; nothing that came with the token is to be used.</exception>
    internal static async Task<string> CheckAsync(
        Secret idToken, IdTokenExpectation expected, KeySet keys, TimeProvider clock, IFlowLog log, CancellationToken cancellationToken)
    {
        var jws = JsonWebSignature.TryRead(idToken.Reveal()) ?? throw Errors.IdToken("is not a JWT");
        RequireNo(await JwtSignature.FindFlawAsync(idToken, jws, expected.Algorithms, keys, log, cancellationToken).ConfigureAwait(false));

        var claims = jws.Claims;
        RequireNo(JwtClaims.IssuerFlaw(claims, expected.Issuer));
        Require(Text(claims, "sub") is { Length: > 0 and <= 255 }, "names no subject (sub)");
        RequireAudience(claims, expected.ClientId);
        RequireTimes(claims, clock.GetUtcNow());
        Require(expected.Nonce is null || Text(claims, "nonce") == expected.Nonce, "answers another request (nonce)");
        Require(
            !expected.NeedsAccessTokenHash || claims.TryGetProperty("at_hash", out _),
            "does not say which access token it belongs to (at_hash)");
        RequireAccessTokenHash(claims, jws.Algorithm!, expected.AccessToken);
        return Text(claims, "sub")!;
    }

    private static void RequireAudience(JsonElement claims, string clientId)
    {
        var audiences = JwtClaims.Audiences(claims);
        Require(audiences.Contains(clientId), "is meant for another client (aud)");
        var hasParty = claims.TryGetProperty("azp", out _);
        Require(hasParty || audiences.Count == 1, "is meant for several clients and does not say which may use it (azp)");
        Require(!hasParty || Text(claims, "azp") == clientId, "is meant for use by another client (azp)");
    }

    private static void RequireTimes(JsonElement claims, DateTimeOffset now)
    {
        RequireNo(JwtClaims.EndFlaw(claims, now, JwtClaims.Skew));
        Require(
            JwtClaims.Time(claims, "iat") is { } issued && issued < now.Add(JwtClaims.Skew).ToUnixTimeSeconds(),
            "was issued in the future, or does not say when (iat)");
        RequireNo(JwtClaims.StartFlaw(claims, now, JwtClaims.Skew));
    }

    // Section 3.1.3.6: the left half of the access token's hash, by the hash of the signature's algorithm.
    private static void RequireAccessTokenHash(JsonElement claims, string algorithm, Secret accessToken)
    {
        if (!claims.TryGetProperty("at_hash", out _))
        {
            return;
        }

        var bytes = Encoding.ASCII.GetBytes(accessToken.Reveal());
        var hash = algorithm[2..] switch { "256" => SHA256.HashData(bytes), "384" => SHA384.HashData(bytes), _ => SHA512.HashData(bytes) };
        Require(Text(claims, "at_hash") == Base64Url.Encode(hash.AsSpan(0, hash.Length / 2)), "belongs to another access token (at_hash)");
    }

    private static string? Text(JsonElement element, string name) => JsonWebSignature.Text(element, name);

    private static void RequireNo(string? flaw) => Require(flaw is null, flaw!);

    private static void Require(bool holds, string flaw)
    {
        if (!holds)
        {
            throw Errors.IdToken(flaw);
        }
    }
}
