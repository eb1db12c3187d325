using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Messages;
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
    /// <summary>The other parties that may use it, or that it may be meant for besides.</summary>
    internal IReadOnlyList<string> Parties { get; init; } = [];

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
        var forged = await JwtSignature.FindFlawAsync(
            idToken, jws, expected.Algorithms, keys, log, cancellationToken).ConfigureAwait(false);
        RequireNo(forged == JwsFlaw.WrongSignature ? throw Errors.IdTokenForged(forged) : forged);

        var claims = jws.Claims;
        RequireNo(TenantIssuer.Flaw(claims, expected.Issuer));
        Require(Text(claims, "sub") is { Length: > 0 and <= 255 }, "names no subject (sub)");
        RequireAudience(claims, expected);
        RequireTimes(claims, clock.GetUtcNow());
        Require(expected.Nonce is null || Text(claims, "nonce") == expected.Nonce, "answers another request (nonce)");
        Require(
            !expected.NeedsAccessTokenHash || claims.TryGetProperty("at_hash", out _),
            "does not say which access token it belongs to (at_hash)");
        RequireAccessTokenHash(claims, jws.Algorithm!, expected.AccessToken);
        return Text(claims, "sub")!;
    }

    private static void RequireAudience(JsonElement claims, IdTokenExpectation expected)
    {
        var audiences = JwtClaims.Audiences(claims);
        Require(audiences.Contains(expected.ClientId), "is meant for another client (aud)");
        var stranger = audiences.FirstOrDefault(audience => !IsKnown(audience, expected));
        if (!claims.TryGetProperty("azp", out _))
        {
            RequireParty(
                audiences.Count == 1 || audiences.All(audience => IsKnown(audience, expected)),
                "is meant for several clients and does not say which may use it (azp)",
                stranger);
            return;
        }

        var party = Text(claims, "azp");
        RequireParty(IsKnown(party, expected), "is meant for use by another client (azp)", party);
    }

    private static bool IsKnown(string? party, IdTokenExpectation expected) =>
        party is not null && (party == expected.ClientId || expected.Parties.Contains(party, StringComparer.Ordinal));

    private static void RequireTimes(JsonElement claims, DateTimeOffset now)
    {
        const string End = "when it expires (exp", Issue = "when it was issued (iat";
        Require(claims.TryGetProperty("exp", out _), $"does not say {End} is missing)");
        Require(JwtClaims.Time(claims, "exp") is not null, $"does not say {End} is no number)");
        RequireNo(JwtClaims.EndFlaw(claims, now, JwtClaims.Skew) is null ? null : $"expired{On(claims, "exp")} (exp)");
        Require(claims.TryGetProperty("iat", out _), $"does not say {Issue} is missing)");
        var issued = JwtClaims.Time(claims, "iat");
        Require(issued is not null, $"does not say {Issue} is no number)");
        Require(issued < now.Add(JwtClaims.Skew).ToUnixTimeSeconds(), $"was issued in the future{On(claims, "iat", ",")} (iat)");
        RequireNo(JwtClaims.StartFlaw(claims, now, JwtClaims.Skew));
    }

    // Nothing where the time is none of the calendar, such as one in milliseconds.
    private static string On(JsonElement claims, string name, string comma = "") =>
        JwtClaims.Moment(claims, name) is { } moment ? string.Create(CultureInfo.InvariantCulture, $"{comma} on {moment:u}") : "";

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

    private static void RequireParty(bool holds, string flaw, string? party)
    {
        if (!holds)
        {
            throw Errors.IdTokenParty(flaw, party);
        }
    }

    private static void RequireNo(string? flaw) => Require(flaw is null, flaw!);

    private static void Require(bool holds, string flaw)
    {
        if (!holds)
        {
            throw Errors.IdToken(flaw);
        }
    }
}
