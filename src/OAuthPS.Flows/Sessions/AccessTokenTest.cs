using System.Text.Json;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Sessions;

/// <summary>Tests access tokens: by asking the server where it can be asked, else by what a JWT says of itself.</summary>
public static class AccessTokenTest
{
    private static readonly string[] _types = ["at+jwt", "application/at+jwt", "JWT"];

    /// <summary>Tests a JWT by an issuer's published keys (RFC 9068 section 4).</summary>
    /// <param name="issuer">The issuer, exactly as the server names itself.</param>
    /// <param name="token">The token.</param>
    /// <param name="audience">Whom it must be for; null does not ask.</param>
    /// <param name="transport">What asks for the keys; the process's own when null.</param>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    /// <exception cref="OAuthException">It is no JWT, or the keys cannot be had. That it is not good is no exception.</exception>
    public static async Task<OAuthTokenTest> RunAsync(
        string issuer, Secret token, string? audience = null, HttpTransport? transport = null, IFlowLog? log = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        transport ??= HttpTransport.Shared;
        log ??= NoFlowLog.Instance;
        var jws = JsonWebSignature.TryRead(token.Reveal(), out var flaw) ?? throw Errors.JwtInvalid(flaw!);
        var (keys, named) = await KeySet.OfIssuerAsync(transport, issuer, log, cancellationToken).ConfigureAwait(false);
        return await CheckAsync(
            token, jws, new(named, audience, keys, transport.TimeProvider), log, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<OAuthTokenTest> RunAsync(
        AuthorizationServer server, Secret token, bool isOwn, string? audience, IFlowLog log, CancellationToken cancellationToken)
    {
        var provider = server.Provider;
        if (provider.IntrospectionEndpoint is { } path)
        {
            try
            {
                var response = await server.IntrospectAsync(
                    path, token, isOwn ? "access_token" : null, log, cancellationToken).ConfigureAwait(false);
                return Describe(response, audience);
            }
            catch (OAuthServerException refused) when (
                refused.Error == ErrorCodes.UnsupportedTokenType && JsonWebSignature.TryRead(token.Reveal()) is not null)
            {
                // Some servers keep no record of tokens that say themselves what they are.
                log.Verbose("The server does not look into JWTs; testing its signature and claims here.");
            }
        }

        if (provider.Issuer is null || provider.JwksEndpoint is null)
        {
            throw Errors.TokenNotTestable(provider.Names, "its issuer and keys are not known");
        }

        var jws = JsonWebSignature.TryRead(token.Reveal(), out var flaw)
            ?? throw Errors.TokenNotTestable(provider.Names, $"the token {flaw}");
        return await CheckAsync(
            token,
            jws,
            new(provider.TokenIssuer!, audience, server.Keys(provider.Issuer), server.Clock),
            log,
            cancellationToken).ConfigureAwait(false);
    }

    private static OAuthTokenTest Describe(IntrospectionResponse response, string? audience)
    {
        var isForAudience = audience is null || response.Audience.Contains(audience);
        return new OAuthTokenTest
        {
            Method = TokenTestMethod.Introspection,
            IsActive = response.IsActive && isForAudience,
            Reason = !response.IsActive ? "The server says that it is not active: it has expired, was revoked, or is none of its own."
                : isForAudience ? "The server says that it is active."
                : "The server says that it is active, and it is meant for another audience (aud).",
            ExpiresAt = response.ExpiresAt,
            Subject = response.Subject,
            UserName = response.UserName,
            Scope = response.Scope,
            ClientId = response.ClientId,
            Audience = response.Audience,
            Issuer = response.Issuer,
        };
    }

    private static async Task<OAuthTokenTest> CheckAsync(
        Secret token, JsonWebSignature jws, Expectation expected, IFlowLog log, CancellationToken cancellationToken)
    {
        var flaw = await JwtSignature.FindFlawAsync(
            token, jws, SigningAlgorithms.All, expected.Keys, log, cancellationToken).ConfigureAwait(false);
        if (flaw is not null)
        {
            // What it says is nobody's word then.
            return new OAuthTokenTest { Method = TokenTestMethod.Local, IsActive = false, Reason = $"It {flaw}." };
        }

        flaw = FindFlaw(jws, expected);
        var claims = jws.Claims;
        return new OAuthTokenTest
        {
            Method = TokenTestMethod.Local,
            IsActive = flaw is null,
            Reason = flaw is null
                ? "Its signature, issuer and times are good; whether it was revoked, only the server could say."
                : $"It {flaw}.",
            ExpiresAt = JwtClaims.Moment(claims, "exp"),
            Subject = Text(claims, "sub", token),
            Scope = Text(claims, "scope", token),
            ClientId = Text(claims, "client_id", token),
            Audience = [.. JwtClaims.Audiences(claims).OfType<string>().Select(text => WireFormat.Clean(text, [token.Reveal()]))],
            Issuer = Text(claims, "iss", token),
        };
    }

    // An expired token is refused by its API at once, so no skew is granted to its end; to its start one is, since the server's
    // clock may go ahead of this one.
    private static string? FindFlaw(JsonWebSignature jws, Expectation expected)
    {
        var now = expected.Clock.GetUtcNow();
        return TypeFlaw(jws.Header)
            ?? TenantIssuer.Flaw(jws.Claims, expected.Issuer)
            ?? (expected.Audience is null || JwtClaims.Audiences(jws.Claims).Contains(expected.Audience)
                ? null
                : "is meant for another audience (aud)")
            ?? JwtClaims.EndFlaw(jws.Claims, now, TimeSpan.Zero)
            ?? JwtClaims.StartFlaw(jws.Claims, now, JwtClaims.Skew);
    }

    // RFC 9068 section 4 wants at+jwt. Servers older than it say JWT, or nothing; what says to be something else is.
    private static string? TypeFlaw(JsonElement header) => !header.TryGetProperty("typ", out var typ)
        || (WireFormat.Text(typ) is { } type && _types.Contains(type, StringComparer.OrdinalIgnoreCase))
            ? null
            : "is a JWT of another kind than an access token (typ)";

    private static string? Text(JsonElement claims, string name, Secret token) =>
        JsonWebSignature.Text(claims, name) is { Length: > 0 } text ? WireFormat.Clean(text, [token.Reveal()], int.MaxValue) : null;

    private sealed record Expectation(string Issuer, string? Audience, KeySet Keys, TimeProvider Clock);
}
