using System.Management.Automation;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;
using OAuthPS.Values;

namespace OAuthPS.Parameters;

/// <summary>
/// Where a key is, as a parameter takes it: the path of a file or of a certificate (<c>Cert:\CurrentUser\My\…</c>), a certificate,
/// an RSA or ECDsa key, or the text of a PEM or JWK, which may be a SecureString from a vault.
/// </summary>
public sealed class KeySource
{
    private KeySource(object value, string shown)
    {
        Value = value;
        _shown = shown;
    }

    private readonly string _shown;

    /// <summary>A path is a string, a text a <see cref="Secret"/>; else the certificate or key itself.</summary>
    internal object Value { get; }

    /// <summary>What it is, without what it holds.</summary>
    public override string ToString() => _shown;

    /// <returns>The source, or null when the value is none.</returns>
    internal static KeySource? From(object? value) => value switch
    {
        KeySource source => source,
        X509Certificate2 certificate => new(certificate, $"certificate {certificate.Thumbprint}"),
        AsymmetricAlgorithm key and (RSA or ECDsa) => new(key, key is RSA ? "RSA key" : "ECDsa key"),
        SecureString { Length: > 0 } text => new(text.ToSecret(), "key"),
        FileInfo file => new(file.FullName, ShownInput.Path(file.FullName)),
        PathInfo path => new(path.ProviderPath, ShownInput.Path(path.ProviderPath)),
        string { Length: > 0 } text => ClientKeyReader.IsText(text) ? new(new Secret(text), "key") : new(text, ShownInput.Path(text)),
        _ => null,
    };
}

/// <summary>Takes what a key can be given as, and says so of anything else without repeating it.</summary>
public sealed class KeySourceTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        KeySource.From(inputData.Bare()) ?? throw new ArgumentTransformationMetadataException(
            "It takes the path of a file or certificate, a certificate, an RSA or ECDsa key, or the text of a PEM, of its base64 "
                + "alone, or of a JWK.");
}
