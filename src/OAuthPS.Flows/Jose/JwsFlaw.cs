using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Jose;

/// <summary>What is wrong with a signed JWT, whoever's keys it is checked with (RFC 7515 section 5.2, RFC 8725 section 3).</summary>
internal static class JwsFlaw
{
    /// <summary>Somebody else than the issuer has made it, or changed it.</summary>
    internal const string WrongSignature = "has a signature that does not fit";

    /// <param name="jwt">The JWT.</param>
    /// <param name="jws">The same, read.</param>
    /// <param name="keys">The keys, any of which may have signed it.</param>
    /// <returns>What is wrong, for a sentence; null when nothing is.</returns>
    internal static string? Find(Secret jwt, JsonWebSignature jws, VerificationKeys keys)
    {
        if (OfHeader(jws) is { } flaw)
        {
            return flaw;
        }

        var fitting = keys.Fitting(jws);
        return fitting.Count == 0 ? "is signed with another algorithm or key than those given (alg, kid)"
            : fitting.Any(key => key.Weakness is null && key.HasSigned(jwt.Reveal(), jws.Algorithm!)) ? null
            : fitting.Select(key => key.Weakness).FirstOrDefault(weakness => weakness is not null) ?? WrongSignature;
    }

    internal static string? OfHeader(JsonWebSignature jws) =>
        jws.Header.TryGetProperty("crit", out _) ? "demands an extension that is not known (crit)"
        : jws.Header.TryGetProperty("kid", out _) && jws.KeyId is null ? "names its key by something that is no text (kid)"
        : null;
}
