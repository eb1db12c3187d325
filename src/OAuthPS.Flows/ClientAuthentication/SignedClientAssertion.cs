using System.Text;
using System.Text.Json;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Jwt;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary>
/// A client assertion by itself (RFC 7523 section 2.2), for whoever sends a token request of their own: signed with the client's
/// key (<c>private_key_jwt</c>), else with its secret (<c>client_secret_jwt</c>, HS256).
/// </summary>
public sealed class SignedClientAssertion
{
    private static readonly string[] _own = ["iss", "sub", "aud", "jti", "iat", "exp"];

    private SignedClientAssertion(Secret value, string algorithm, DateTimeOffset expiresAt)
    {
        Value = value;
        Algorithm = algorithm;
        ExpiresAt = expiresAt;
    }

    /// <summary>The value of <c>client_assertion</c>.</summary>
    public Secret Value { get; }

    /// <summary>The value of <c>client_assertion_type</c>.</summary>
    public string Type { get; } = ClientAssertion.JwtBearer;

    /// <summary>The JWS algorithm it is signed with.</summary>
    public string Algorithm { get; }

    /// <summary>From when on it is no longer valid, UTC, to the second.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Five minutes.</summary>
    public static TimeSpan DefaultLifetime => ClientAssertion.DefaultLifetime;

    /// <summary>Signs an assertion. It is for one request: a server may take each <c>jti</c> once.</summary>
    /// <param name="client">The client, with its key or its secret.</param>
    /// <param name="audience">Whom it is for: the token endpoint, or what the server documents.</param>
    /// <param name="lifetime">For how long it is valid, from now on.</param>
    /// <param name="additionalClaims">Claims besides those of every assertion; null for none.</param>
    /// <param name="provider">Whose announcement chooses the algorithm of a key; null for the key's own.</param>
    /// <param name="clock">The clock; the system's when null.</param>
    /// <exception cref="OAuthUsageException">
    /// The client has neither, the claims do not do, or no algorithm of the key is announced.
    /// </exception>
    public static SignedClientAssertion Create(
        OAuthClient client, string audience, TimeSpan lifetime, IReadOnlyDictionary<string, JsonElement>? additionalClaims = null,
        OAuthProvider? provider = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(audience);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        if (additionalClaims?.Keys.FirstOrDefault(_own.Contains) is { } taken)
        {
            throw Errors.AdditionalClaimTaken(taken);
        }

        var now = (clock ?? TimeProvider.System).GetUtcNow();
        var claims = ClientAssertion.Claims(client.Id, audience, now, lifetime, additionalClaims);
        var algorithm = client.Key?.AlgorithmFor(provider) ?? "HS256";
        var jwt = client.Key is { } key ? key.Sign(claims, algorithm)
            : client.ClientSecret is { } secret ? JwtSigner.SignHs256(claims, Encoding.UTF8.GetBytes(secret.Reveal()))
            : throw Errors.NothingToSignWith();
        return new SignedClientAssertion(
            new Secret(jwt), algorithm, DateTimeOffset.FromUnixTimeSeconds((now + lifetime).ToUnixTimeSeconds()));
    }

    /// <summary>What it is, without what it holds.</summary>
    public override string ToString() => $"{Algorithm} client assertion";
}
