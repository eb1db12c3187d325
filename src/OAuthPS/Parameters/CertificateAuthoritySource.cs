using System.Collections;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;
using OAuthPS.Values;

namespace OAuthPS.Parameters;

/// <summary>
/// Where certificates of authorities are, as a parameter takes it: the path of a PEM or DER file or of a certificate
/// (<c>Cert:\CurrentUser\Root\…</c>), a certificate, or the text of a PEM.
/// </summary>
public sealed class CertificateAuthoritySource
{
    private readonly object _value;

    private CertificateAuthoritySource(object value) => _value = value;

    /// <summary>What it is, without what it holds.</summary>
    public override string ToString() => _value switch
    {
        X509Certificate2 certificate => $"certificate {certificate.Thumbprint}",
        string text when ClientKeyReader.IsText(text) => "certificates",
        _ => ShownInput.Path((string)_value),
    };

    /// <summary>The certificates.</summary>
    /// <param name="fileAt">The file that a path of PowerShell names.</param>
    internal IReadOnlyList<X509Certificate2> Read(Func<string, string> fileAt) => _value switch
    {
        X509Certificate2 certificate => [certificate],
        string text when ClientKeyReader.IsText(text) => CertificateAuthority.FromText(text),
        string path when ClientKeyReader.IsStorePath(path) => CertificateAuthority.FromStore(path),
        _ => CertificateAuthority.FromFile(fileAt((string)_value)),
    };

    /// <returns>The source, or null when the value is none.</returns>
    internal static CertificateAuthoritySource? From(object? value) => value switch
    {
        CertificateAuthoritySource source => source,
        X509Certificate2 certificate => new(certificate),
        FileInfo file => new(file.FullName),
        PathInfo path => new(path.ProviderPath),
        string { Length: > 0 } text => new(text),
        _ => null,
    };
}

/// <summary>Takes what certificate authorities can be given as, one or a list, and says so of anything else without repeating it.</summary>
public sealed class CertificateAuthorityTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData.Bare();
        var given = value is IEnumerable list and not string ? list.Cast<object?>() : [value];
        var sources = given.Select(one => CertificateAuthoritySource.From(one.Bare())).ToArray();
        return sources.Length > 0 && Array.TrueForAll(sources, source => source is not null)
            ? sources
            : throw new ArgumentTransformationMetadataException(
                "It takes the paths of certificate files (PEM or DER), certificates, or the text of a PEM.");
    }
}
