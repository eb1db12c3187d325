using System.Text.Json;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;
using OAuthPS.Jwt;

namespace OAuthPS.Flows.Server;

/// <summary>Whether a JWT is signed as it must be (RFC 7515 section 5.2, RFC 8725 section 3), each check a named line.</summary>
internal static class JwtSignature
{
    /// <param name="jwt">The JWT.</param>
    /// <param name="jws">The same, read.</param>
    /// <param name="algorithms">
    /// The algorithms it may be signed with. <c>none</c> and those of a shared secret do not say who signed, and are never taken.
    /// </param>
    /// <param name="keys">The issuer's keys.</param>
    /// <param name="log">Where to say what is done.</param>
    /// <param name="cancellationToken">Ends the request for the keys.</param>
    /// <returns>What is wrong, for a sentence; null when nothing is.</returns>
    internal static async Task<string?> FindFlawAsync(
        Secret jwt, JsonWebSignature jws, IReadOnlyList<string> algorithms, KeySet keys, IFlowLog log, CancellationToken cancellationToken)
    {
        if (!(jws.Algorithm is { } algorithm && SigningAlgorithms.All.Contains(algorithm) && algorithms.Contains(algorithm)))
        {
            return "is signed with an algorithm that was not expected (alg)";
        }

        if (JwsFlaw.OfHeader(jws) is { } flaw)
        {
            return flaw;
        }

        var key = await keys.FindAsync(jws.KeyId, algorithm, log, cancellationToken, HasSigned).ConfigureAwait(false);
        return key is not { } found ? "is signed with a key the server does not publish (kid)"
            : RsaStrength.Flaw(found) is { } weakness ? weakness
            : HasSigned(found) ? null
            : JwsFlaw.WrongSignature;

        bool HasSigned(JsonElement one) =>
            RsaStrength.Flaw(one) is null && JwtVerifier.IsSignedWith(jwt.Reveal(), one.GetRawText(), algorithm);
    }
}
