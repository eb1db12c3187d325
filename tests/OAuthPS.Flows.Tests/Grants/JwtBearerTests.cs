using System.Security.Cryptography;
using System.Text.Json;
using System.Web;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Grants;

/// <summary>A JWT as the grant (RFC 7523 section 2.1), on the wire.</summary>
public sealed class JwtBearerTests : IDisposable
{
    private readonly Wire _wire = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly OAuthProvider _provider = new()
    {
        Name = "Example",
        ServiceUrl = new Uri("https://as.example.com"),
        TokenEndpoint = "/token",
        Flows = [OAuthFlow.ClientCredentials, OAuthFlow.JwtBearer],
        ClientAuthentications = [ClientAuthenticationMethod.PrivateKeyJwt, ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.None],
    };

    private ConnectRequest WithKey => new()
    {
        Provider = _provider,
        Flow = OAuthFlow.JwtBearer,
        Client = new OAuthClient("job@project.example.com", key: new ClientKey(_key, "key-1")),
    };

    public void Dispose()
    {
        _wire.Dispose();
        _key.Dispose();
    }

    // RFC 7523 section 3, and how Google wants it of a service account: the scope is a claim.
    [Fact]
    public async Task The_clients_key_signs_a_fresh_one_for_each_request_and_the_client_proves_nothing_else()
    {
        _wire.Answers(Given.Token("first"), Given.Token("second"));

        var session = await _wire.ConnectAsync(WithKey with { Scope = ["https://api.example.com/auth/read"] });
        await session.RenewAsync();

        Assert.True(session.CanRefresh);
        var (first, second) = (Assertion(0), Assertion(1));
        Assert.True(first.IsSignedWith(_key));
        Assert.Equal("key-1", first.Header.GetProperty("kid").GetString());
        Assert.Equal(
            ("job@project.example.com", "job@project.example.com", "https://as.example.com/token", "https://api.example.com/auth/read"),
            (first.Claim("iss"), first.Claim("sub"), first.Claim("aud"), first.Claim("scope")));
        Assert.Equal(TimeSpan.FromMinutes(5), DateTimeOffset.FromUnixTimeSeconds(first.Claims.GetProperty("exp").GetInt64()) - first.IssuedAt);
        Assert.NotEqual(first.Claim("jti"), second.Claim("jti"));
        Assert.Equal("grant_type,assertion,scope", string.Join(',', Form(0).AllKeys));
        Assert.DoesNotContain("Authorization", _wire.Requests[0], StringComparison.Ordinal);
        NoSecret.In(_wire.Log, first.Text);
    }

    [Fact]
    public async Task Claims_are_added_replaced_and_left_out_as_the_user_says()
    {
        _wire.Answers(Given.Token("t"));

        await _wire.ConnectAsync(WithKey with
        {
            Inputs = [new AssertionClaims(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"sub":null,"aud":"https://elsewhere.example.com/","groups":["a","b"]}""")!)],
        });

        var claims = Assertion(0).Claims;
        Assert.False(claims.TryGetProperty("sub", out _));
        Assert.Equal(("https://elsewhere.example.com/", """["a","b"]"""), (claims.GetProperty("aud").GetString(), claims.GetProperty("groups").GetRawText()));
    }

    [Fact]
    public async Task An_assertion_that_the_user_has_goes_with_the_clients_own_proof()
    {
        _wire.Answers(Given.Token("t"));

        await _wire.ConnectAsync(new ConnectRequest
        {
            Provider = _provider,
            Client = Given.Client,
            Inputs = [new GivenAssertion(new Secret("header.claims.signature"))],
            AdditionalParameters = new Dictionary<string, string> { ["requested_token_use"] = "on_behalf_of" },
        });

        Assert.Contains("\nAuthorization: Basic ", _wire.LastRequest, StringComparison.Ordinal);
        Assert.EndsWith(
            "\n\ngrant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=header.claims.signature&requested_token_use=on_behalf_of",
            _wire.LastRequest,
            StringComparison.Ordinal);
        NoSecret.In(_wire.Log, "header.claims.signature");
    }

    // RFC 7521 section 4.1.1: an assertion that is not valid, its time included, is answered invalid_grant.
    [Fact]
    public async Task One_that_is_refused_for_the_time_is_signed_again_by_the_servers_clock()
    {
        var serverTime = _wire.Clock.GetUtcNow().AddMinutes(10);
        _wire.Answers($"HTTP/1.1 400 Bad Request\nContent-Type: application/json\nDate: {serverTime:R}\n\n{{\"error\":\"invalid_grant\"}}", Given.Token("t"));

        await _wire.ConnectAsync(WithKey);

        Assert.Equal(serverTime, Assertion(1).IssuedAt);
        Assert.NotEqual(Assertion(0).Claim("jti"), Assertion(1).Claim("jti"));
    }

    [Fact]
    public async Task Without_an_assertion_and_without_a_key_nothing_is_sent()
    {
        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(WithKey with { Client = Given.Client }));

        Assert.Equal("MissingParameter", refused.ErrorId);
        Assert.Empty(_wire.Requests);
    }

    [Fact]
    public async Task Claims_for_an_assertion_that_is_signed_already_are_not_passed_over()
    {
        var claims = new Dictionary<string, JsonElement> { ["sub"] = JsonDocument.Parse("\"x\"").RootElement };

        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(WithKey with { Inputs = [new GivenAssertion(new Secret("a.b.c")), new AssertionClaims(claims)] }));

        Assert.Equal("ParameterNotUsed", refused.ErrorId);
    }

    private SentJwt Assertion(int request) => new(Form(request)["assertion"]!);

    private System.Collections.Specialized.NameValueCollection Form(int request) =>
        HttpUtility.ParseQueryString(_wire.Requests[request][(_wire.Requests[request].IndexOf("\n\n", StringComparison.Ordinal) + 2)..]);
}
