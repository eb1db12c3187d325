using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>The strict oidc-provider over HTTPS, with a certificate of this run, where clients present certificates.</summary>
public sealed class TlsOidcProviderPeer : StrictOidcProviderPeer
{
    private readonly X509Certificate2 _server = TestCertificate.Create("127.0.0.1");

    /// <summary>The certificate that the clients <c>tls</c> and <c>selfSigned</c> are registered with.</summary>
    public X509Certificate2 ClientCertificate { get; } = TestCertificate.Create("job.example.com");

    private protected override IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["OAUTHPS_PEER_TLS_KEY"] = _server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(),
        ["OAUTHPS_PEER_TLS_CERTIFICATE"] = _server.ExportCertificatePem(),
        ["OAUTHPS_PEER_CLIENT_CERTIFICATE"] = ClientCertificate.ExportCertificatePem(),
    };

    /// <summary>A transport that trusts this server's certificate and no other.</summary>
    internal HttpTransport Transport => new(Invoker(null), presenting: Invoker);

    internal ConnectRequest AsMachine(string client, X509Certificate2? certificate) => AsMachine(client) with { Client = new OAuthClient(Client(client).Id, certificate: certificate) };

    internal HttpMessageInvoker Invoker(X509Certificate2? certificate)
    {
        var handler = HttpTransport.CreateHandler(certificate);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, errors) =>
            errors == SslPolicyErrors.None || presented?.GetCertHashString(HashAlgorithmName.SHA256) == _server.GetCertHashString(HashAlgorithmName.SHA256);
        return new HttpMessageInvoker(handler);
    }
}

/// <summary>Certificates of this run.</summary>
internal static class TestCertificate
{
    internal static X509Certificate2 Create(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}

/// <summary>The tests that share it.</summary>
[CollectionDefinition(Name)]
public sealed class TlsOidcProviderTests : ICollectionFixture<TlsOidcProviderPeer>
{
    public const string Name = "oidc-provider over TLS";
}
