using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OAuthPS.Jwt;

namespace OAuthPS.Flows.Protocol;

/// <summary>What an ID token must agree with.</summary>
/// <param name="Issuer">The issuer of the server that was asked.</param>
/// <param name="ClientId">The client that asked.</param>
/// <param name="Algorithms">The algorithms it may be signed with.</param>
/// <param name="Nonce">The nonce of the authorization request; null when none was sent.</param>
/// <param name="AccessToken">The access token that came with it.</param>
internal sealed record IdTokenExpectation(string Issuer, string ClientId, IReadOnlyList<string> Algorithms, string? Nonce, Secret AccessToken);

/// <summary>An ID token and its checks (OpenID Connect Core 1.0 section 3.1.3.7), each a named line.</summary>
internal static class IdToken
{
    // Clocks differ; five minutes is what servers commonly grant each other.
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(5);

    /// <returns>The subject: who signed in.</returns>
    /// <exception cref="OAuthProtocolException">A check failed; nothing that came with the token is to be used.</exception>
    internal static async Task<string> CheckAsync(
        Secret idToken, IdTokenExpectation expected, KeySet keys, TimeProvider clock, IFlowLog log, CancellationToken cancellationToken)
    {
        var jws = JsonWebSignature.TryRead(idToken.Reveal()) ?? throw Errors.IdToken("is not a JWT");
        var algorithm = RequireAlgorithm(jws, expected);
        Require(!jws.Header.TryGetProperty("crit", out _), "demands an extension that is not known (crit)");
        await RequireSignatureAsync(idToken, jws, algorithm, keys, log, cancellationToken).ConfigureAwait(false);

        var claims = jws.Claims;
        Require(Text(claims, "iss") == expected.Issuer, "is of another issuer (iss)");
        Require(Text(claims, "sub") is { Length: > 0 and <= 255 }, "names no subject (sub)");
        RequireAudience(claims, expected.ClientId);
        RequireTimes(claims, clock.GetUtcNow());
        Require(expected.Nonce is null || Text(claims, "nonce") == expected.Nonce, "answers another request (nonce)");
        RequireAccessTokenHash(claims, algorithm, expected.AccessToken);
        return Text(claims, "sub")!;
    }

    // A server's list may hold "none" and those of a shared secret; neither says who signed.
    private static string RequireAlgorithm(JsonWebSignature jws, IdTokenExpectation expected)
    {
        var algorithm = jws.Algorithm;
        var isAsymmetric = algorithm is "RS256" or "RS384" or "RS512" or "PS256" or "PS384" or "PS512" or "ES256" or "ES384" or "ES512";
        Require(isAsymmetric && expected.Algorithms.Contains(algorithm), "is signed with an algorithm that was not expected (alg)");
        return algorithm!;
    }

    private static async Task RequireSignatureAsync(
        Secret idToken, JsonWebSignature jws, string algorithm, KeySet keys, IFlowLog log, CancellationToken cancellationToken)
    {
        Require(!jws.Header.TryGetProperty("kid", out _) || jws.KeyId is not null, "names its key by something that is no text (kid)");
        var key = await keys.FindAsync(jws.KeyId, algorithm, log, cancellationToken).ConfigureAwait(false);
        Require(key is not null, "is signed with a key the server does not publish (kid)");
        Require(JwtVerifier.IsSignedWith(idToken.Reveal(), key!, algorithm), "has a signature that does not fit");
    }

    private static void RequireAudience(JsonElement claims, string clientId)
    {
        var audiences = !claims.TryGetProperty("aud", out var aud) ? []
            : aud.ValueKind == JsonValueKind.Array ? aud.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : null).ToList()
            : [Text(claims, "aud")];
        Require(audiences.Contains(clientId), "is meant for another client (aud)");
        var hasParty = claims.TryGetProperty("azp", out _);
        Require(hasParty || audiences.Count == 1, "is meant for several clients and does not say which may use it (azp)");
        Require(!hasParty || Text(claims, "azp") == clientId, "is meant for use by another client (azp)");
    }

    private static void RequireTimes(JsonElement claims, DateTimeOffset now)
    {
        Require(Time(claims, "exp") is { } end && end > now.Subtract(_skew).ToUnixTimeSeconds(), "has expired, or does not say when (exp)");
        Require(Time(claims, "iat") is { } issued && issued < now.Add(_skew).ToUnixTimeSeconds(), "was issued in the future, or does not say when (iat)");
        Require(!claims.TryGetProperty("nbf", out _) || (Time(claims, "nbf") is { } start && start < now.Add(_skew).ToUnixTimeSeconds()), "is not valid yet (nbf)");
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

    private static double? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && double.IsFinite(seconds) ? seconds : null;

    private static void Require(bool holds, string flaw)
    {
        if (!holds)
        {
            throw Errors.IdToken(flaw);
        }
    }
}
