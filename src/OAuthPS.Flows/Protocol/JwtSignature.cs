using OAuthPS.Jwt;

namespace OAuthPS.Flows.Protocol;

/// <summary>Whether a JWT is signed as it must be (RFC 7515 section 5.2, RFC 8725 section 3), each check a named line.</summary>
internal static class JwtSignature
{
    /// <param name="jwt">The JWT.</param>
    /// <param name="jws">The same, read.</param>
    /// <param name="algorithms">The algorithms it may be signed with. <c>none</c> and those of a shared secret do not say who signed, and are never taken.</param>
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

        if (HeaderFlaw(jws) is { } flaw)
        {
            return flaw;
        }

        return await keys.FindAsync(jws.KeyId, algorithm, log, cancellationToken).ConfigureAwait(false) is not { } key ? "is signed with a key the server does not publish (kid)"
            : RsaStrength.Flaw(key) is { } weakness ? weakness
            : JwtVerifier.IsSignedWith(jwt.Reveal(), key.GetRawText(), algorithm) ? null
            : "has a signature that does not fit";
    }

    /// <param name="jwt">The JWT.</param>
    /// <param name="jws">The same, read.</param>
    /// <param name="keys">The keys, any of which may have signed it.</param>
    /// <returns>What is wrong, for a sentence; null when nothing is.</returns>
    internal static string? FindFlaw(Secret jwt, JsonWebSignature jws, VerificationKeys keys)
    {
        if (HeaderFlaw(jws) is { } flaw)
        {
            return flaw;
        }

        var fitting = keys.Fitting(jws);
        return fitting.Count == 0 ? "is signed with another algorithm or key than those given (alg, kid)"
            : fitting.Any(key => key.Weakness is null && key.HasSigned(jwt.Reveal(), jws.Algorithm!)) ? null
            : fitting.Select(key => key.Weakness).FirstOrDefault(weakness => weakness is not null) ?? "has a signature that does not fit";
    }

    private static string? HeaderFlaw(JsonWebSignature jws) =>
        jws.Header.TryGetProperty("crit", out _) ? "demands an extension that is not known (crit)"
        : jws.Header.TryGetProperty("kid", out _) && jws.KeyId is null ? "names its key by something that is no text (kid)"
        : null;
}
