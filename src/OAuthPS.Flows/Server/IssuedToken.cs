using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Server;

/// <summary>A JWT read with the keys that its issuer publishes.</summary>
public static class IssuedToken
{
    /// <summary>Reads a JWT that an issuer has signed and that names it. Its times are not looked at.</summary>
    /// <param name="token">The JWT.</param>
    /// <param name="issuer">The issuer, exactly as the server names itself.</param>
    /// <param name="transport">What asks for the keys; the process's own when null.</param>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    /// <exception cref="OAuthException">It is no JWT, not of this issuer, or the issuer's keys cannot be had.</exception>
    public static async Task<JsonWebToken> ReadAsync(
        Secret token, string issuer, HttpTransport? transport = null, IFlowLog? log = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        transport ??= HttpTransport.Shared;
        log ??= NoFlowLog.Instance;
        var jws = JsonWebToken.Parse(token);
        var (keys, named) = await KeySet.OfIssuerAsync(transport, issuer, log, cancellationToken).ConfigureAwait(false);
        var flaw = TenantIssuer.Flaw(jws.Claims, named)
            ?? await JwtSignature.FindFlawAsync(token, jws, SigningAlgorithms.All, keys, log, cancellationToken).ConfigureAwait(false);
        return flaw is null ? new JsonWebToken(jws) { VerifiedBy = issuer } : throw Errors.JwtNotVerified(flaw);
    }
}
