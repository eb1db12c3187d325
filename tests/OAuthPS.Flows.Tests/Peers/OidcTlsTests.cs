using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>Clients that prove themselves by the certificate of the connection, and tokens that are bound to it (RFC 8705), at oidc-provider.</summary>
[Collection(TlsOidcProviderTests.Name)]
public sealed class OidcTlsTests(TlsOidcProviderPeer peer)
{
    [SkippableTheory]
    [InlineData("tls")]
    [InlineData("selfSigned")]
    public async Task A_client_gets_a_token_by_its_certificate(string client)
    {
        var session = await ConnectAsync(client, peer.ClientCertificate);

        Assert.Equal("Bearer", (await session.RenewAsync()).TokenType);
    }

    [SkippableTheory]
    [InlineData("tls")]
    [InlineData("selfSigned")]
    public async Task A_client_with_another_certificate_is_refused(string client)
    {
        using var another = TestCertificate.Create("job.example.com");

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => ConnectAsync(client, another));

        Assert.Equal("InvalidClient", refused.ErrorId);
    }

    // Section 3: the server has put the certificate's thumbprint into what it knows of the token.
    [SkippableFact]
    public async Task The_token_is_bound_to_the_certificate()
    {
        var session = await ConnectAsync("tls", peer.ClientCertificate);
        using var content = new FormUrlEncodedContent([new("client_id", "tls-client"), new("token", (await session.GetTokenAsync()).TokenOf())]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(peer.Issuer, "/token/introspection")) { Content = content };
        using var response = await peer.Invoker(peer.ClientCertificate).SendAsync(request, CancellationToken.None);
        var said = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        var thumbprint = Base64Url.Encode(System.Security.Cryptography.SHA256.HashData(peer.ClientCertificate.RawData));
        Assert.Equal(thumbprint, said.GetProperty("cnf").GetProperty("x5t#S256").GetString());
    }

    // Section 3: whoever takes such a token wants to see the certificate.
    [Fact]
    public async Task Whatever_the_session_sends_goes_over_connections_that_present_the_certificate()
    {
        using var plain = new Wire();
        using var presenting = new Wire();
        var transport = new HttpTransport(new HttpMessageInvoker(plain), plain.Clock, presenting: _ => new HttpMessageInvoker(presenting));
        presenting.Answers(Given.Token("bound"), Wire.Json("{}"), Given.Token("renewed"));
        var provider = Given.Space.Provider with { ClientAuthentications = [ClientAuthenticationMethod.Tls] };

        var session = await OAuthConnection.ConnectAsync(Given.Space with { Provider = provider, Client = new("client", certificate: peer.ClientCertificate) }, transport);
        await session.SendAsync(new ApiCall { Uri = new Uri("/api", UriKind.Relative) });
        await session.RenewAsync();

        Assert.Equal((0, 3), (plain.Requests.Count, presenting.Requests.Count));
    }

    [Fact]
    public async Task A_server_that_has_other_addresses_for_certificates_is_asked_there()
    {
        using var wire = new Wire();
        wire.Answers(Wire.Json("""
            {"issuer":"https://as.example.com","token_endpoint":"https://as.example.com/token","token_endpoint_auth_methods_supported":["tls_client_auth"],"grant_types_supported":["client_credentials"],
             "mtls_endpoint_aliases":{"token_endpoint":"https://mtls.example.com/token"}}
            """));
        var transport = new HttpTransport(new HttpMessageInvoker(wire), wire.Clock, presenting: _ => new HttpMessageInvoker(wire));
        wire.Answers(Given.Token("bound"));

        await OAuthConnection.ConnectAsync(
            new ConnectRequest { Provider = new OAuthProvider { Name = "as", Issuer = "https://as.example.com" }, Client = new("client", certificate: peer.ClientCertificate) },
            transport);

        Assert.StartsWith("POST https://mtls.example.com/token\n", wire.LastRequest, StringComparison.Ordinal);
        Assert.EndsWith("\n\ngrant_type=client_credentials&client_id=client", wire.LastRequest, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Without_a_certificate_nothing_is_sent()
    {
        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => ConnectAsync("tls", certificate: null));

        Assert.Equal(("MissingParameter", OAuthInput.ClientCertificate), (refused.ErrorId, Assert.Single(refused.Inputs)));
    }

    [Fact]
    public void A_certificate_without_its_private_key_is_refused()
    {
        using var whole = TestCertificate.Create("job.example.com");
        using var half = X509CertificateLoader.LoadCertificate(whole.RawData);

        Assert.Equal("KeyIsPublic", Assert.Throws<OAuthUsageException>(() => new OAuthPS.Flows.ClientAuthentication.OAuthClient("client", certificate: half)).ErrorId);
    }

    private Task<OAuthSession> ConnectAsync(string client, X509Certificate2? certificate) => OAuthConnection.ConnectAsync(
        peer.AsMachine(client, certificate) with { ClientAuthentication = ClientAuthenticationMethod.Tls, Client = new(peer.Client(client).Id, certificate: certificate) },
        peer.Transport);
}
