using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary>The client as registered at the provider.</summary>
public sealed class OAuthClient
{
    /// <summary>A client.</summary>
    /// <param name="id">Its <c>client_id</c>.</param>
    /// <param name="secret">Its <c>client_secret</c>; null for a public client.</param>
    /// <param name="key">Its private key for <c>private_key_jwt</c>; null when it has none.</param>
    /// <param name="certificate">
    /// Its TLS certificate with the private key (RFC 8705); null when it has none. It must outlive the sessions that use it.
    /// </param>
    /// <exception cref="OAuthUsageException">
    /// The id or the secret is empty, or the certificate has no private key, or an RSA key below 2048 bits.
    /// </exception>
    public OAuthClient(string id, Secret? secret = null, ClientKey? key = null, X509Certificate2? certificate = null)
    {
        Id = string.IsNullOrWhiteSpace(id) ? throw Errors.EmptyCredential("client id") : id;
        ClientSecret = secret is { IsEmpty: true } ? throw Errors.EmptyCredential("client secret") : secret;
        Key = key;
        Certificate = certificate is { HasPrivateKey: false }
            ? throw Errors.CertificateWithoutKey("The client's certificate")
            : certificate;
        using var certified = certificate?.GetRSAPublicKey();
        RsaStrength.Require(certified);
    }

    /// <summary>The <c>client_id</c> (RFC 6749 section 2.2).</summary>
    public string Id { get; }

    /// <summary>The <c>client_secret</c>.</summary>
    public Secret? ClientSecret { get; }

    /// <summary>The private key.</summary>
    public ClientKey? Key { get; }

    /// <summary>The TLS certificate.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>Id and what proves it, hashed: another secret or key is another registration.</summary>
    internal string Fingerprint => Base64Url.Encode(SHA256.HashData(
        [.. Encoding.UTF8.GetBytes($"{Id.Length}:{Id}{ClientSecret?.Reveal()}"), .. Key?.PublicPart ?? [], .. Certificate?.RawData ?? []]));

    /// <summary>Whether it has anything to prove who it is with (RFC 6749 section 2.1: a confidential client).</summary>
    internal bool CanProveItself => ClientSecret is not null || Key is not null || Certificate is not null;

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
