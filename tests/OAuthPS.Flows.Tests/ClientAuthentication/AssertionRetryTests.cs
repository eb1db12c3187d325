using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.ClientAuthentication;

/// <summary>An assertion for the issuer that a server refuses is tried once for its token endpoint, and what a provider states is kept to.</summary>
public sealed class AssertionRetryTests : IDisposable
{
    private const string Issuer = "https://login.example.com/a";
    private const string Token = "https://login.example.com/a/token";
    private const string OfIssuer = "client-authentication+jwt";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Wire _wire = new();

    public void Dispose()
    {
        _key.Dispose();
        _wire.Dispose();
    }

    [Fact]
    public async Task It_is_for_the_issuer_where_one_is_known_and_the_client_id_goes_beside_it()
    {
        _wire.Answers(Document(), Given.Token("token"));

        await _wire.ConnectAsync(Ask());

        Assert.Equal([(Issuer, OfIssuer)], Sent());
        Assert.EndsWith("&client_id=client+id", _wire.LastRequest, StringComparison.Ordinal);
    }

    // Many servers know themselves by their token endpoint alone.
    [Theory]
    [InlineData("401 Unauthorized")]
    [InlineData("400 Bad Request")]
    public async Task A_server_that_refuses_it_is_asked_once_more_by_its_token_endpoint_and_that_is_kept(string status)
    {
        _wire.Answers(Document(), InvalidClient(status), Given.Token("first"), Given.Token("second"), Given.Token("third"));

        var session = await _wire.ConnectAsync(Ask());
        await session.RenewAsync();
        await _wire.ConnectAsync(Ask());

        Assert.Equal([(Issuer, OfIssuer), (Token, "JWT"), (Token, "JWT"), (Token, "JWT")], Sent());
        Assert.Equal(4, Assertions().Select(assertion => assertion.Claims.GetProperty("jti").GetString()).Distinct().Count());
        Assert.Contains($"The server refuses the client by an assertion for {Issuer}; trying an assertion for {Token} once.", _wire.Log.Text, StringComparison.Ordinal);
        NoSecret.In(_wire.Log, [.. Assertions().Select(assertion => assertion.Jwt)]);
    }

    // Whoever gets it there could use it at the token endpoint.
    [Fact]
    public async Task An_assertion_for_the_token_endpoint_goes_to_no_other_origin()
    {
        _wire.Answers(
            Wire.Json($$"""{"issuer":"{{Issuer}}","token_endpoint":"{{Token}}","revocation_endpoint":"https://elsewhere.example/revoke","grant_types_supported":["client_credentials"],"token_endpoint_auth_methods_supported":["private_key_jwt"]}"""),
            InvalidClient("401 Unauthorized"),
            Given.Token("token"),
            "HTTP/1.1 200 OK");
        var session = await _wire.ConnectAsync(Ask());

        await session.RevokeAsync();

        Assert.StartsWith("POST https://elsewhere.example/revoke\n", _wire.LastRequest, StringComparison.Ordinal);
        Assert.Equal([Issuer, Token, Issuer], Sent().Select(sent => sent.Audience));
    }

    [Fact]
    public async Task Another_key_is_tried_anew()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _wire.Answers(Document(), InvalidClient("401 Unauthorized"), InvalidClient("401 Unauthorized"), InvalidClient("401 Unauthorized"), Given.Token("token"));
        await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Ask()));

        await _wire.ConnectAsync(Ask() with { Client = new OAuthClient(Given.ClientId, null, new ClientKey(other)) });

        Assert.Equal([Issuer, Token, Issuer, Token], Sent().Select(sent => sent.Audience));
    }

    // A code that was refused for its client alone is as good as before (RFC 6749 section 4.1.3), and there is no other.
    [Fact]
    public async Task Neither_is_a_code_lost_by_it()
    {
        _wire.Answers(Document(), InvalidClient("401 Unauthorized"), Given.Token("token"));

        await _wire.ConnectAsync(Ask() with { Flow = OAuthFlow.AuthorizationCode, Inputs = [new AuthorizationCode(new Secret("code"), "http://127.0.0.1/")] });

        Assert.Equal([Issuer, Token], Sent().Select(sent => sent.Audience));
    }

    [Fact]
    public async Task A_server_that_takes_neither_is_not_asked_by_its_token_endpoint_again()
    {
        _wire.Answers(Document(), Given.Token("token")).Otherwise(_ => InvalidClient("401 Unauthorized"));
        var session = await _wire.ConnectAsync(Ask());

        await Assert.ThrowsAsync<OAuthServerException>(() => session.RenewAsync());
        await Assert.ThrowsAsync<OAuthServerException>(() => session.RenewAsync());

        Assert.Equal([Issuer, Issuer, Token, Issuer], Sent().Select(sent => sent.Audience));
    }

    // Anything else is not about the client, or not for an assertion to mend.
    [Theory]
    [InlineData("400 Bad Request", "invalid_grant")]
    [InlineData("400 Bad Request", "invalid_request")]
    [InlineData("403 Forbidden", "invalid_client")]
    [InlineData("423 Locked", "invalid_client")]
    [InlineData("429 Too Many Requests", "invalid_client")]
    public async Task Another_refusal_is_not_answered_with_another_assertion(string status, string error)
    {
        _wire.Answers(Document(), Wire.Json($$"""{"error":"{{error}}"}""", status));

        await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Ask()));

        Assert.Equal([(Issuer, OfIssuer)], Sent());
    }

    // What names an address elsewhere could be used there.
    [Theory]
    [InlineData("https://tokens.example.com/token")]
    [InlineData("https://login.example.com:8443/token")]
    public async Task A_token_endpoint_of_another_origin_is_no_audience(string tokenEndpoint)
    {
        _wire.Answers(Document(tokenEndpoint), InvalidClient("401 Unauthorized"));

        await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Ask()));

        Assert.Equal([(Issuer, OfIssuer)], Sent());
    }

    [Theory]
    [InlineData(null, "JWT")]
    [InlineData("example+jwt", "example+jwt")]
    public async Task An_audience_that_the_provider_states_is_kept_to(string? type, string sent)
    {
        _wire.Answers(Document(), InvalidClient("401 Unauthorized"));

        await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Ask(new() { Audience = "https://stated.example.com/", Type = type })));

        Assert.Equal([("https://stated.example.com/", sent)], Sent());
    }

    [Fact]
    public async Task Without_the_client_id_where_the_provider_says_so()
    {
        _wire.Answers(Document(), Given.Token("token"));

        await _wire.ConnectAsync(Ask(new() { SendsClientId = false }));

        Assert.DoesNotContain("client_id", _wire.LastRequest, StringComparison.Ordinal);
    }

    // AD FS finds a certificate by its SHA-1 thumbprint alone.
    [Fact]
    public async Task With_both_thumbprints_of_the_certificate_where_the_provider_says_so()
    {
        using var rsa = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=client", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(Given.Start, Given.Start.AddYears(1));
        _wire.Answers(Document(), Given.Token("token"), Given.Token("token"));
        var request = Ask(new() { SendsSha1Thumbprint = true }) with { Client = new OAuthClient("client id", key: ClientKeyReader.FromCertificate(certificate)) };

        await _wire.ConnectAsync(request);
        await _wire.ConnectAsync(request with { Provider = request.Provider with { ClientAssertion = null } });

        var headers = Assertions().Select(assertion => assertion.Header).ToList();
        Assert.Equal(Convert.FromHexString(certificate.Thumbprint), SentJwt.Decode(headers[0].GetProperty("x5t").GetString()!));
        Assert.Equal(SHA256.HashData(certificate.RawData), SentJwt.Decode(headers[0].GetProperty("x5t#S256").GetString()!));
        Assert.False(headers[1].TryGetProperty("x5t", out _));
    }

    private ConnectRequest Ask(ClientAssertionFormat? format = null) => new()
    {
        Provider = new() { Name = "Example", Issuer = Issuer, ClientAssertion = format },
        Flow = OAuthFlow.ClientCredentials,
        Client = new OAuthClient("client id", key: new ClientKey(_key)),
    };

    private static string Document(string tokenEndpoint = Token) => Wire.Json(
        $$"""
        {"issuer":"{{Issuer}}","token_endpoint":"{{tokenEndpoint}}","authorization_endpoint":"{{Issuer}}/authorize",
        "grant_types_supported":["client_credentials","authorization_code"],"token_endpoint_auth_methods_supported":["private_key_jwt"]}
        """);

    private static string InvalidClient(string status) => Wire.Json("""{"error":"invalid_client"}""", status);

    private IEnumerable<SentAssertion> Assertions() =>
        _wire.Requests.Where(request => request.StartsWith("POST ", StringComparison.Ordinal)).Select(SentAssertion.Of);

    private IEnumerable<(string Audience, string Type)> Sent() => Assertions().Select(assertion =>
        (assertion.Claims.GetProperty("aud").GetString()!, assertion.Header.GetProperty("typ").GetString()!));
}
