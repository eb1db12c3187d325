using System.Security.Cryptography;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary>The private key with which a client signs its assertions (RFC 7523 section 2.2).</summary>
public sealed class ClientKey
{
    /// <summary>A key, and how it signs.</summary>
    /// <param name="key">An <see cref="RSA"/> or <see cref="ECDsa"/> key with its private part; it must outlive the sessions that use it.</param>
    /// <param name="keyId">The <c>kid</c> the provider knows it by; null when it has only one key of this client.</param>
    /// <param name="algorithm">The JWS algorithm (RFC 7518 section 3.1); null chooses <c>RS256</c> for RSA, and the one of its curve for an elliptic key.</param>
    /// <exception cref="ArgumentException">The key is of another kind, or the algorithm does not fit it.</exception>
    public ClientKey(AsymmetricAlgorithm key, string? keyId = null, string? algorithm = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        string[] fitting = key switch
        {
            RSA => ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
            ECDsa { KeySize: 256 } => ["ES256"],
            ECDsa { KeySize: 384 } => ["ES384"],
            ECDsa { KeySize: 521 } => ["ES512"],
            _ => throw new ArgumentException("The key must be RSA, or elliptic on the curve P-256, P-384 or P-521.", nameof(key)),
        };
        Algorithm = algorithm ?? fitting[0];
        if (!fitting.Contains(Algorithm, StringComparer.Ordinal))
        {
            throw new ArgumentException($"The key signs with {string.Join(", ", fitting)}, not with {algorithm}.", nameof(algorithm));
        }

        Key = key;
        KeyId = keyId;
    }

    /// <summary>The <c>kid</c>.</summary>
    public string? KeyId { get; }

    /// <summary>The JWS algorithm.</summary>
    public string Algorithm { get; }

    internal AsymmetricAlgorithm Key { get; }
}
