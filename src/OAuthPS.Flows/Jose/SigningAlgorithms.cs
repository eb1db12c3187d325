using System.Security.Cryptography;

namespace OAuthPS.Flows.Jose;

/// <summary>The algorithms of JWS with which a private key signs and a public one verifies (RFC 7518 section 3.1).</summary>
public static class SigningAlgorithms
{
    private static readonly string[] _rsa = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];

    /// <summary>All that the platform can do. <c>EdDSA</c> (RFC 8037) is not among them: .NET has no Ed25519.</summary>
    public static IReadOnlyList<string> All { get; } = [.. _rsa, "ES256", "ES384", "ES512"];

    /// <summary>The algorithms that fit a key, the default one first; none for a key of another kind.</summary>
    internal static IReadOnlyList<string> Fitting(AsymmetricAlgorithm key) => key switch
    {
        RSA => _rsa,
        ECDsa curve =>
            (CurveOf(curve) switch { "P-256" => "ES256", "P-384" => "ES384", "P-521" => "ES512", _ => null }) is { } only ? [only] : [],
        _ => [],
    };

    /// <summary>
    /// The curve as a JWK names it (RFC 7518 section 6.2.1.1); null for another one. Its size alone does not tell it: secp256k1 has 256
    /// bits too.
    /// </summary>
    internal static string? CurveOf(ECDsa key)
    {
        var curve = key.ExportParameters(includePrivateParameters: false).Curve;
        return !curve.IsNamed ? null : curve.Oid switch
        {
            { Value: "1.2.840.10045.3.1.7" } or { FriendlyName: "nistP256" or "ECDSA_P256" } => "P-256",
            { Value: "1.3.132.0.34" } or { FriendlyName: "nistP384" or "ECDSA_P384" } => "P-384",
            { Value: "1.3.132.0.35" } or { FriendlyName: "nistP521" or "ECDSA_P521" } => "P-521",
            _ => null,
        };
    }
}
