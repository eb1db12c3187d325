using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OAuthPS.Flows.Tests.Network;

/// <summary>A certificate authority of a company's own, which no system knows.</summary>
internal sealed class TestAuthority : IDisposable
{
    internal const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal TestAuthority(string name = "CN=Acme Root", TestAuthority? issuer = null, bool isAuthority = true)
    {
        var request = new CertificateRequest(name, _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true));
        if (issuer is null)
        {
            Whole = request.CreateSelfSigned(_now.AddYears(-1), _now.AddYears(10));
        }
        else
        {
            using var issued = request.Create(issuer.Whole, _now.AddDays(-300), _now.AddYears(9), RandomNumberGenerator.GetBytes(8));
            Whole = issued.CopyWithPrivateKey(_key);
        }
    }

    /// <summary>Its certificate, with the private key.</summary>
    internal X509Certificate2 Whole { get; }

    internal string Pem => Whole.ExportCertificatePem();

    internal string PemWithKey => $"{_key.ExportPkcs8PrivateKeyPem()}\n{Pem}";

    public void Dispose()
    {
        Whole.Dispose();
        _key.Dispose();
    }

    /// <summary>A server's certificate, from yesterday until some day.</summary>
    internal X509Certificate2 Issue(string host, int daysLeft = 30, string use = ServerAuthentication)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(host, key, use);
        using var issued = request.Create(Whole.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), _now.AddDays(-100), _now.AddDays(daysLeft), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>A server's certificate that vouches for itself.</summary>
    internal static X509Certificate2 SelfSigned(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Request(host, key, ServerAuthentication).CreateSelfSigned(_now.AddDays(-1), _now.AddDays(30));
    }

    private static CertificateRequest Request(string host, ECDsa key, string use)
    {
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        return request;
    }
}
