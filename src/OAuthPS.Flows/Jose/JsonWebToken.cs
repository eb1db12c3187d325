using System.Text.Json;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Jose;

/// <summary>What a JWT says (RFC 7519), without its signature, so that what is shown of it cannot be used as one.</summary>
public sealed class JsonWebToken
{
    private readonly JsonWebSignature _jws;

    internal JsonWebToken(JsonWebSignature jws) => _jws = jws;

    /// <summary>The header, a JSON object.</summary>
    public JsonElement Header => _jws.Header;

    /// <summary>The claims, a JSON object.</summary>
    public JsonElement Claims => _jws.Claims;

    /// <summary>What it was verified with; null where it was not, and may be anybody's.</summary>
    public string? VerifiedBy { get; internal init; }

    /// <summary><c>alg</c>.</summary>
    public string? Algorithm => _jws.Algorithm;

    /// <summary><c>kid</c>.</summary>
    public string? KeyId => _jws.KeyId;

    /// <summary><c>iss</c>.</summary>
    public string? Issuer => JsonWebSignature.Text(Claims, "iss");

    /// <summary><c>sub</c>.</summary>
    public string? Subject => JsonWebSignature.Text(Claims, "sub");

    /// <summary><c>aud</c>.</summary>
    public IReadOnlyList<string> Audience => [.. JwtClaims.Audiences(Claims).OfType<string>()];

    /// <summary>A time of the claims, UTC; null where there is none.</summary>
    /// <param name="claim">Its name: <c>exp</c>, <c>iat</c>, <c>nbf</c>, <c>auth_time</c>.</param>
    public DateTimeOffset? Time(string claim) => JwtClaims.Moment(Claims, claim);

    /// <summary>Reads one, and believes nothing of it.</summary>
    /// <exception cref="OAuthUsageException">It is no JWT, or one that is encrypted or damaged.</exception>
    public static JsonWebToken Read(Secret token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new JsonWebToken(Parse(token));
    }

    /// <summary>Reads one that one of the keys has signed. Its times are not looked at.</summary>
    /// <exception cref="OAuthUsageException">It is no JWT, or none of the keys has signed it.</exception>
    public static JsonWebToken ReadVerified(Secret token, VerificationKeys keys)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(keys);
        var jws = Parse(token);
        return JwsFlaw.Find(token, jws, keys) is { } flaw
            ? throw Errors.JwtNotVerified(flaw)
            : new JsonWebToken(jws) { VerifiedBy = "the key given" };
    }

    internal static JsonWebSignature Parse(Secret token) =>
        JsonWebSignature.TryRead(token.Reveal(), out var flaw) ?? throw Errors.JwtInvalid(flaw!);
}
