using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.ClientAuthentication;

/// <summary>What a client with a TLS certificate (RFC 8705) proves itself with.</summary>
public sealed class TlsClientAuthTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public TlsClientAuthTests() => _certificate = new CertificateRequest("CN=me", _key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    // Section 3: a certificate binds tokens whatever the client proves itself with.
    [Theory]
    [InlineData(false, false, ClientAuthenticationMethod.Tls)]
    [InlineData(true, false, ClientAuthenticationMethod.Basic)]
    [InlineData(false, true, ClientAuthenticationMethod.PrivateKeyJwt)]
    public void A_key_or_a_secret_goes_before_the_certificate(bool withSecret, bool withKey, ClientAuthenticationMethod method)
    {
        var provider = Given.Space.Provider with { ClientAuthentications = [ClientAuthenticationMethod.PrivateKeyJwt, ClientAuthenticationMethod.Tls, ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.None] };
        var client = new OAuthClient("me", withSecret ? new Secret("s") : null, withKey ? new ClientKey(_key) : null, _certificate);

        Assert.Equal(method, ClientAuthenticator.Create(provider, OAuthFlow.ClientCredentials, client, asked: null).Method);
    }

    [Fact]
    public void Where_the_provider_takes_nothing_else_the_certificate_proves_the_client_beside_a_secret()
    {
        var provider = Given.Space.Provider with { ClientAuthentications = [ClientAuthenticationMethod.Tls, ClientAuthenticationMethod.None] };

        Assert.Equal(ClientAuthenticationMethod.Tls, ClientAuthenticator.Create(provider, OAuthFlow.ClientCredentials, new OAuthClient("me", new Secret("s"), certificate: _certificate), asked: null).Method);
    }

    [Fact]
    public void A_key_by_itself_is_told_that_its_certificate_is_missing()
    {
        var refused = Assert.Throws<OAuthUsageException>(() => ClientCertificate.FromText(new Secret(_key.ExportPkcs8PrivateKeyPem())));

        Assert.Equal("The certificate has a key and no certificate. Give a PKCS #12 file (.pfx) or a PEM file with both; a key by itself is for the client's key.", refused.Message);
        Assert.Equal([OAuthInput.ClientKey], refused.Inputs);
    }
}
