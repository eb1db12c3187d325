using System.Text.Json;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Server;

/// <summary>What a signed authorization response must agree with.</summary>
/// <param name="Issuer">The issuer of the server that was asked.</param>
/// <param name="ClientId">The client that asked.</param>
/// <param name="Algorithms">The algorithms it may be signed with.</param>
internal sealed record JwtAuthorizationExpectation(string Issuer, string ClientId, IReadOnlyList<string> Algorithms);

/// <summary>
/// An authorization response that the server has signed (JWT Secured Authorization Response Mode, JARM), and its checks (section 2.4).
/// </summary>
internal static class JwtAuthorizationResponse
{
    private static readonly string[] _own = ["iss", "aud", "exp", "iat", "nbf", "jti"];

    /// <returns>The parameters of the response.</returns>
    /// <exception cref="OAuthProtocolException">A check failed; nothing of the response is to be used.</exception>
    internal static async Task<Dictionary<string, string>> OpenAsync(
        Secret response, JwtAuthorizationExpectation expected, KeySet keys, TimeProvider clock, IFlowLog log,
        CancellationToken cancellationToken)
    {
        var jws = JsonWebSignature.TryRead(response.Reveal())
            ?? throw Errors.AuthorizationResponse("is no JWT, though a signed response was asked for");
        var flaw = await JwtSignature.FindFlawAsync(response, jws, expected.Algorithms, keys, log, cancellationToken).ConfigureAwait(false)
            ?? TenantIssuer.Flaw(jws.Claims, expected.Issuer)
            ?? (JwtClaims.Audiences(jws.Claims).Contains(expected.ClientId) ? null : "is meant for another client (aud)")
            ?? JwtClaims.EndFlaw(jws.Claims, clock.GetUtcNow(), JwtClaims.Skew)
            ?? JwtClaims.StartFlaw(jws.Claims, clock.GetUtcNow(), JwtClaims.Skew);
        if (flaw is not null)
        {
            throw flaw == JwsFlaw.WrongSignature ? Errors.AuthorizationResponseForged(flaw) : Errors.AuthorizationResponse(flaw);
        }

        // Section 2.1: the claims beside these are the parameters. The issuer was checked, and is one of them (RFC 9207 section 2.4).
        var parameters = jws.Claims.EnumerateObject().Where(claim => !_own.Contains(claim.Name))
            .ToDictionary(claim => claim.Name, claim => TextOf(claim.Value));
        parameters[ParameterNames.Issuer] = JsonWebSignature.Text(jws.Claims, "iss")!;
        return parameters;
    }

    // Only text and numbers are parameters (section 2.1).
    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => WireFormat.Text(value) ?? "",
        JsonValueKind.Number => value.GetRawText(),
        _ => "",
    };
}
