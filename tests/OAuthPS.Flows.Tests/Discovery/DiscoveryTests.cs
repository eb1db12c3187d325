using OAuthPS.Flows.Messages;

namespace OAuthPS.Flows.Tests.Discovery;

/// <summary>OpenID Connect Discovery 1.0 and RFC 8414: where a server's metadata is looked for, and what of it is believed.</summary>
public class DiscoveryTests
{
    private const string Issuer = "https://login.example.com";
    private const string NotFound = "HTTP/1.1 404 Not Found\n\n";

    private Wire Wire { get; } = new();

    [Theory]
    [InlineData(Issuer, "https://login.example.com/.well-known/openid-configuration", "https://login.example.com/.well-known/oauth-authorization-server")]
    [InlineData(Issuer + "/", "https://login.example.com/.well-known/openid-configuration", "https://login.example.com/.well-known/oauth-authorization-server")]
    [InlineData(Issuer + "/realms/a", "https://login.example.com/realms/a/.well-known/openid-configuration", "https://login.example.com/.well-known/oauth-authorization-server/realms/a")]
    [InlineData(Issuer + ":8443/a/", "https://login.example.com:8443/a/.well-known/openid-configuration", "https://login.example.com:8443/.well-known/oauth-authorization-server/a")]
    public async Task OpenID_Connects_place_is_asked_first_and_that_of_RFC_8414_next(string issuer, string first, string second)
    {
        Wire.Answers(NotFound, Document(issuer));

        var metadata = await GetAsync(issuer);

        Assert.Equal(issuer, metadata.Issuer);
        Assert.Equal([$"GET {first}\nAccept: application/json\n\n", $"GET {second}\nAccept: application/json\n\n"], Wire.Requests);
    }

    [Fact]
    public async Task Two_calls_cost_one_request_and_a_refresh_asks_again()
    {
        Wire.Otherwise(_ => Document(Issuer));

        var first = await GetAsync(Issuer);
        Assert.Same(first, await GetAsync(Issuer));
        Assert.Single(Wire.Requests);

        Assert.NotSame(first, await Server.Discovery.Of(Wire.Transport).GetAsync(Issuer, refresh: true));
        Assert.Equal(2, Wire.Requests.Count);
    }

    [Fact]
    public async Task What_was_refused_is_not_kept()
    {
        Wire.Answers(Wire.Json("[]"), Wire.Json("[]"), Document(Issuer));

        await Assert.ThrowsAsync<OAuthProtocolException>(() => GetAsync(Issuer));
        Assert.Equal(Issuer, (await GetAsync(Issuer)).Issuer);
    }

    [Theory]
    [InlineData(Issuer, Issuer + "/")]
    [InlineData(Issuer + "/", Issuer)]
    [InlineData(Issuer, "https://LOGIN.example.com")]
    [InlineData(Issuer, "https://login.example.com:443")]
    [InlineData(Issuer, "https://evil.example")]
    [InlineData(Issuer, "")]
    public async Task Another_issuer_is_refused_even_one_that_differs_by_a_slash(string asked, string found)
    {
        Wire.Answers(Document(found));

        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => GetAsync(asked));

        Assert.Equal("IssuerMismatch", failure.ErrorId);
        Assert.Contains($"'{asked}' is of '{found}'", failure.Message, StringComparison.Ordinal);
        Assert.Single(Wire.Requests);
    }

    [Theory]
    [InlineData("http://login.example.com/token")]
    [InlineData("http://127.0.0.1:9200/token")]
    [InlineData("https://user:word@login.example.com/token")]
    [InlineData("/token")]
    [InlineData("javascript:alert(1)")]
    public async Task An_endpoint_that_is_not_HTTPS_is_refused_whichever_it_is(string url)
    {
        foreach (var name in new[] { "authorization_endpoint", "token_endpoint", "device_authorization_endpoint", "revocation_endpoint", "introspection_endpoint", "userinfo_endpoint", "jwks_uri" })
        {
            var wire = new Wire().Answers(Document(Issuer, $",\"{name}\":\"{url}\""));

            var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => Server.Discovery.Of(wire.Transport).GetAsync(Issuer));

            Assert.Equal("MetadataInsecure", failure.ErrorId);
            Assert.Contains($"{name} is not an HTTPS address", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_server_on_this_machine_may_have_its_endpoints_here()
    {
        Wire.Answers(Document("http://127.0.0.1:8080", ",\"token_endpoint\":\"http://localhost:8080/token\""));

        Assert.Equal("http://localhost:8080/token", (await GetAsync("http://127.0.0.1:8080")).TokenEndpoint!.OriginalString);
    }

    [Theory]
    [InlineData("<html>Sign in</html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"issuer\":\"https://login.example.com\"")]
    [InlineData("{\"issuer\":5}")]
    [InlineData("{\"issuer\":\"\\ud800\"}")]
    public async Task What_is_no_metadata_is_refused(string body)
    {
        Wire.Otherwise(_ => Wire.Json(body));

        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => GetAsync(Issuer));

        Assert.Equal("ResponseNotJson", failure.ErrorId);
    }

    [Fact]
    public async Task A_document_beyond_a_mebibyte_is_not_read_on()
    {
        Wire.Answers(Document(Issuer, $",\"padding\":\"{new string('x', 1024 * 1024)}\""));

        Assert.Equal("ResponseTooLarge", (await Assert.ThrowsAsync<OAuthProtocolException>(() => GetAsync(Issuer))).ErrorId);
    }

    [Fact]
    public async Task A_server_that_says_nothing_of_itself_is_told_apart()
    {
        Wire.Answers(NotFound, NotFound);

        var failure = await Assert.ThrowsAsync<OAuthServerException>(() => GetAsync(Issuer));

        Assert.Equal("EndpointNotFound", failure.ErrorId);
        Assert.Contains("metadata request", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_elsewhere_is_not_followed()
    {
        Wire.Otherwise(_ => "HTTP/1.1 302 Found\nLocation: https://evil.example/.well-known/openid-configuration\n\n");

        Assert.Equal("RedirectToOtherOrigin", (await Assert.ThrowsAsync<OAuthConnectionException>(() => GetAsync(Issuer))).ErrorId);
        Assert.Equal(2, Wire.Requests.Count);
        Assert.All(Wire.Requests, request => Assert.StartsWith($"GET {Issuer}/.well-known/", request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("login.example.com", "InvalidIssuer")]
    [InlineData("https://login.example.com?tenant=7", "InvalidIssuer")]
    [InlineData("https://login.example.com/#a", "InvalidIssuer")]
    [InlineData("http://login.example.com", "InsecureUrl")]
    [InlineData("https://user:pa55@login.example.com", "InvalidUrl")]
    public async Task What_is_no_issuer_is_asked_nothing(string issuer, string id)
    {
        var failure = await Assert.ThrowsAsync<OAuthUsageException>(() => GetAsync(issuer));

        Assert.Equal(id, failure.ErrorId);
        Assert.DoesNotContain("pa55", failure.Message, StringComparison.Ordinal);
    }

    private static string Document(string issuer, string more = "") => Wire.Json($$"""{"issuer":"{{issuer}}"{{more}}}""");

    private Task<ServerMetadata> GetAsync(string issuer) => Server.Discovery.Of(Wire.Transport).GetAsync(issuer);
}
