using System.Text;
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

    private SignedClientAssertion(Secret value, string audience, string algorithm, DateTimeOffset expiresAt)
    {
        Value = value;
        Audience = audience;
        Algorithm = algorithm;
        ExpiresAt = expiresAt;
    }

    /// <summary>The value of <c>client_assertion</c>.</summary>
    public Secret Value { get; }

    /// <summary>Whom it is for (<c>aud</c>).</summary>
    public string Audience { get; }

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
    /// <param name="options">What it is for, and how it is written.</param>
    /// <exception cref="OAuthUsageException">
    /// The client has neither, the claims do not do, or no algorithm of the key is announced.
    /// </exception>
    public static SignedClientAssertion Create(OAuthClient client, SignedAssertionOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Lifetime, TimeSpan.Zero);
        if (options.Provider is null)
        {
            ArgumentException.ThrowIfNullOrEmpty(options.Audience);
        }

        if (options.AdditionalClaims?.Keys.FirstOrDefault(_own.Contains) is { } taken)
        {
            throw Errors.AdditionalClaimTaken(taken);
        }

        var now = (options.Clock ?? TimeProvider.System).GetUtcNow();
        var assertion = options.For();
        var claims = ClientAssertion.Claims(client.Id, assertion.Audience, now, options.Lifetime, options.AdditionalClaims);
        var algorithm = client.Key?.AlgorithmFor(options.Provider) ?? "HS256";
        var jwt = client.Key is { } key ? key.Sign(claims, algorithm, assertion.Type, assertion.HasSha1Thumbprint)
            : client.ClientSecret is { } secret ? JwtSigner.SignHs256(claims, Encoding.UTF8.GetBytes(secret.Reveal()), assertion.Type)
            : throw Errors.NothingToSignWith();
        return new SignedClientAssertion(
            new Secret(jwt),
            assertion.Audience,
            algorithm,
            DateTimeOffset.FromUnixTimeSeconds((now + options.Lifetime).ToUnixTimeSeconds()));
    }

    /// <summary>What it is, without what it holds.</summary>
    public override string ToString() => $"{Algorithm} client assertion";
}
