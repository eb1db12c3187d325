using OAuthPS.Flows.Jose;

namespace OAuthPS.Flows.Vaults;

/// <summary>A client's private key as the entry of a session has it: without it the session could not be renewed elsewhere.</summary>
internal sealed class VaultedKey
{
    /// <summary>PKCS #8 (RFC 5958), base64.</summary>
    public string? Pkcs8 { get; init; }

    public string? KeyId { get; init; }

    /// <summary>The algorithm that was named; null when it is left to the server's announcement.</summary>
    public string? Algorithm { get; init; }

    public string? CertificateThumbprint { get; init; }

    public string? CertificateSha1 { get; init; }

    public bool OmitsSubject { get; init; }

    /// <returns>The key, or null when whoever keeps it does not give it away.</returns>
    internal static VaultedKey? TryCreate(ClientKey key) => key.TryExport() is not { } pkcs8 ? null : new VaultedKey
    {
        Pkcs8 = Convert.ToBase64String(pkcs8),
        KeyId = key.KeyId,
        Algorithm = key.AskedAlgorithm,
        CertificateThumbprint = key.CertificateThumbprint?.Sha256,
        CertificateSha1 = key.CertificateThumbprint?.Sha1,
        OmitsSubject = key.OmitsSubject,
    };

    private CertificateThumbprint? Thumbprint =>
        CertificateThumbprint is { } sha256 ? new CertificateThumbprint(sha256, CertificateSha1) : null;

    /// <returns>The key, or null when this is none.</returns>
    internal ClientKey? TryOpen()
    {
        try
        {
            return Pkcs8 is null
                ? null
                : new ClientKey(PemKey.ImportPkcs8(Convert.FromBase64String(Pkcs8), "The key"), KeyId, Algorithm, Thumbprint)
                {
                    OmitsSubject = OmitsSubject,
                };
        }
        catch (Exception failure) when (failure is FormatException or OAuthUsageException)
        {
            return null;
        }
    }
}
