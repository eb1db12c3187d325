using System.Text.Json;

namespace OAuthPS.Flows.Jose;

/// <summary>Which algorithms a public key is for (RFC 7517 section 4).</summary>
internal static class JwkFit
{
    // RFC 7518 section 3.4: each ES algorithm has a curve of its own.
    internal static bool Is(JsonElement key, string algorithm) =>
        (JsonWebSignature.Text(key, "kty"), JsonWebSignature.Text(key, "crv"), algorithm) is
            (
                "RSA",
                _,
                "RS256" or "RS384" or "RS512" or "PS256" or "PS384" or "PS512") or ("EC", "P-256", "ES256") or ("EC", "P-384",
                    "ES384") or ("EC", "P-521", "ES512")
        && JwkUse.IsForSignatures(key) && JwkUse.Allows(key, "verify")
        && (JsonWebSignature.Text(key, "alg") is not { } only || only == algorithm);
}
