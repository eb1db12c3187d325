using System.Security.Cryptography;
using System.Text.Json;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Jose;

/// <summary>
/// The key pair of a session's DPoP proofs (RFC 9449): on the curve P-256, made by the platform, one for each session. It leaves
/// the process in a vault alone. Safe to use from many threads.
/// </summary>
internal sealed class DPoPKey
{
    internal const string Algorithm = "ES256";

    // What a key may do from several threads at once is not documented.
    private readonly object _gate = new();
    private readonly ECDsa _key;

    private DPoPKey(ECDsa key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        PublicJwk = JsonText.Object(writer =>
        {
            writer.WriteString("kty", "EC");
            writer.WriteString("crv", "P-256");
            writer.WriteString("x", Base64Url.Encode(point.X));
            writer.WriteString("y", Base64Url.Encode(point.Y));
        });
        using var document = JsonDocument.Parse(PublicJwk);
        Thumbprint = JwkThumbprint.Compute(document.RootElement);
    }

    /// <summary>The public key as a JWK (RFC 7517), which every proof has in its header.</summary>
    internal string PublicJwk { get; }

    /// <summary>Its thumbprint (RFC 7638): <c>dpop_jkt</c> of an authorization request, <c>cnf.jkt</c> of a token.</summary>
    internal string Thumbprint { get; }

    /// <summary>A fresh one.</summary>
    internal static DPoPKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>One that was exported before; null when the text is none.</summary>
    internal static DPoPKey? TryImport(string exported)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(Convert.FromBase64String(exported), out _);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value)
            {
                return new DPoPKey(key);
            }
        }
        catch (Exception failure) when (failure is FormatException or CryptographicException)
        {
            // Not a key.
        }

        key.Dispose();
        return null;
    }

    /// <summary>The private key for a vault: PKCS #8 in base64.</summary>
    internal Secret Export() => new(Convert.ToBase64String(_key.ExportPkcs8PrivateKey()));

    internal byte[] Sign(byte[] input)
    {
        lock (_gate)
        {
            return _key.SignData(input, HashAlgorithmName.SHA256);
        }
    }
}
