using OAuthPS.Flows.Api;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Grants;

/// <summary>One token for another (RFC 8693), and what else may be asked for with a token (RFC 8707, RFC 9396), on the wire.</summary>
public sealed class TokenExchangeTests : IDisposable
{
    private static readonly OAuthProvider _provider = new()
    {
        Name = "Example",
        ServiceUrl = new Uri("https://as.example.com"),
        TokenEndpoint = "/as/token.oauth2",
        Flows = [OAuthFlow.ClientCredentials, OAuthFlow.TokenExchange, OAuthFlow.RefreshToken],
        ClientAuthentications = [ClientAuthenticationMethod.Basic],
    };

    private static readonly ConnectRequest _exchange = new()
    {
        Provider = _provider,
        Client = new("rs08", new Secret("long-secure-random-secret")),
        Inputs = [new TokenExchange(new Secret("accVkjcJyb4BWCxGsndESCJQbdFMogUC5PbRDqceLTC"))],
    };

    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    // RFC 8693 section 2.3, whose server has the client's secret in the same form.
    [Fact]
    public async Task The_example_of_the_specification()
    {
        _wire.Answers(Wire.Json("""
            {"access_token":"eyJhbGciOiJFUzI1NiIsImtpZCI6IjllciJ9.e30.x","issued_token_type":"urn:ietf:params:oauth:token-type:access_token","token_type":"Bearer","expires_in":60}
            """));

        var session = await _wire.ConnectAsync(_exchange with { Resource = ["https://backend.example.com/api"] });

        Assert.Equal(OAuthFlow.TokenExchange, session.Flow);
        Assert.Equal(
            """
            POST https://as.example.com/as/token.oauth2
            Authorization: Basic cnMwODpsb25nLXNlY3VyZS1yYW5kb20tc2VjcmV0
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=accVkjcJyb4BWCxGsndESCJQbdFMogUC5PbRDqceLTC&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token&resource=https%3A%2F%2Fbackend.example.com%2Fapi
            """.ReplaceLineEndings("\n"),
            _wire.LastRequest);
        NoSecret.In(_wire.Log, "accVkjcJyb4BWCxGsndESCJQbdFMogUC5PbRDqceLTC", "long-secure-random-secret");
    }

    // RFC 8693 section 2.2.1: N_A is said of a token that is no access token. It is given to whoever is to have it, and to no API.
    [Theory]
    [InlineData("N_A", false)]
    [InlineData("n_a", true)]
    public async Task A_token_that_is_no_access_token_is_had_and_goes_to_no_API(string type, bool dpop)
    {
        _wire.Answers(Wire.Json($$"""{"access_token":"an-id-token","issued_token_type":"urn:ietf:params:oauth:token-type:id_token","token_type":"{{type}}","expires_in":60}"""));

        var session = await _wire.ConnectAsync(_exchange with { DPoP = dpop });
        var call = await Assert.ThrowsAsync<OAuthUsageException>(() => session.SendAsync(new ApiCall { Uri = new Uri("/x", UriKind.Relative) }));
        var headers = await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetRequestHeadersAsync(uri: new Uri("/x", UriKind.Relative)));

        var token = await session.GetTokenAsync();
        Assert.Equal(("an-id-token", "N_A"), (token.TokenOf(), token.TokenType));
        Assert.Equal(("NoAccessToken", "NoAccessToken", 1), (call.ErrorId, headers.ErrorId, _wire.Requests.Count));
    }

    [Fact]
    public async Task Where_nothing_was_exchanged_it_is_refused()
    {
        _wire.Answers(Wire.Json("""{"access_token":"t","token_type":"N_A"}"""));

        Assert.Equal("TokenTypeUnknown", (await Assert.ThrowsAsync<OAuthProtocolException>(() => _wire.ConnectAsync(_exchange with { Inputs = [] }))).ErrorId);
    }

    [Fact]
    public async Task An_actor_audiences_and_a_wanted_type_are_said()
    {
        _wire.Answers(Given.Token("t"));

        await _wire.ConnectAsync(_exchange with
        {
            Scope = ["a", "b"],
            Inputs = [_exchange.Input<TokenExchange>()! with
            {
                SubjectTokenType = "urn:ietf:params:oauth:token-type:id_token",
                ActorToken = new Secret("the-actor"),
                ActorTokenType = "urn:ietf:params:oauth:token-type:jwt",
                RequestedTokenType = "urn:ietf:params:oauth:token-type:access_token",
                Audience = ["one", "two"],
            }],
        });

        Assert.EndsWith(
            "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aid_token&actor_token=the-actor&actor_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt"
            + "&requested_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token&audience=one&audience=two&scope=a+b",
            _wire.LastRequest,
            StringComparison.Ordinal);
        NoSecret.In(_wire.Log, "the-actor");
    }

    [Fact]
    public async Task An_exchange_is_repeated_when_its_token_expires()
    {
        _wire.Answers(Given.Token("first"), Given.Token("second"));
        var session = await _wire.ConnectAsync(_exchange);
        _wire.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal("second", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal(_wire.Requests[0], _wire.Requests[1]);
    }

    [Fact]
    public async Task Without_a_token_to_exchange_nothing_is_sent()
    {
        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(_exchange with { Inputs = [], Flow = OAuthFlow.TokenExchange }));

        Assert.Equal(("MissingParameter", OAuthInput.SubjectToken), (refused.ErrorId, refused.Inputs[0]));
        Assert.Empty(_wire.Requests);
    }

    [Fact]
    public async Task A_token_to_exchange_is_not_passed_over_by_another_flow()
    {
        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(_exchange with { Flow = OAuthFlow.ClientCredentials }));

        Assert.Equal("ParameterNotUsed", refused.ErrorId);
    }

    public static TheoryData<OAuthInput, ConnectRequest> OfOtherFlows => new()
    {
        { OAuthInput.Resource, Given.SpacebringBasic with { Flow = OAuthFlow.Basic, Resource = ["https://api.example.com/"] } },
        { OAuthInput.AuthorizationDetails, Given.Blynk with { Inputs = [new GivenRefreshToken(new Secret("r"))], AuthorizationDetails = """[{"type":"a"}]""" } },
        { OAuthInput.Audience, Given.Blynk with { Inputs = [new GivenRefreshToken(new Secret("r"))], Audience = ["https://api.example.com/"] } },
        { OAuthInput.SignedRequest, Given.Blynk with { SignIn = new() { SignedRequest = true } } },
        { OAuthInput.SignedResponse, Given.Blynk with { SignIn = new() { SignedResponse = true } } },
        { OAuthInput.DPoP, Given.SpacebringBasic with { Flow = OAuthFlow.Basic, DPoP = true } },
    };

    [Theory]
    [MemberData(nameof(OfOtherFlows))]
    public async Task What_a_flow_does_not_use_is_said_and_not_passed_over(OAuthInput input, ConnectRequest request)
    {
        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(request));

        Assert.Equal("ParameterNotUsed", refused.ErrorId);
        Assert.Equal([input], refused.Inputs);
        Assert.Empty(_wire.Requests);
    }

    // RFC 8707 section 2.2: a refresh names the resource again.
    [Fact]
    public async Task Resources_and_details_go_with_the_request_and_resources_with_the_renewal()
    {
        _wire.Answers(Given.Token("first", 3600, "re-1"), Given.Token("second"));
        var session = await _wire.ConnectAsync(_exchange with
        {
            Inputs = [],
            Resource = ["https://a.example.com/", "urn:example:b"],
            AuthorizationDetails = """[{"type":"payment_initiation","actions":["initiate"]}]""",
        });
        await session.RenewAsync();

        Assert.EndsWith(
            "\n\ngrant_type=client_credentials&resource=https%3A%2F%2Fa.example.com%2F&resource=urn%3Aexample%3Ab"
            + "&authorization_details=%5B%7B%22type%22%3A%22payment_initiation%22%2C%22actions%22%3A%5B%22initiate%22%5D%7D%5D",
            _wire.Requests[0],
            StringComparison.Ordinal);
        Assert.EndsWith("\n\ngrant_type=refresh_token&refresh_token=re-1&resource=https%3A%2F%2Fa.example.com%2F&resource=urn%3Aexample%3Ab", _wire.Requests[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not-a-uri")]
    [InlineData("/path")]
    [InlineData("https://api.example.com/#part")]
    public async Task A_resource_that_is_none_is_refused_before_anything_is_sent(string resource)
    {
        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(_exchange with { Resource = [resource] }));

        Assert.Equal("InvalidResource", refused.ErrorId);
        Assert.Empty(_wire.Requests);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""[{"actions":["x"]}]""")]
    [InlineData("""[{"type":7}]""")]
    [InlineData("""["type"]""")]
    [InlineData("[{\"type\":\"a\"")]
    public async Task Details_that_are_none_are_refused_before_anything_is_sent(string details)
    {
        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(_exchange with { AuthorizationDetails = details }));

        Assert.Equal("InvalidAuthorizationDetails", refused.ErrorId);
        Assert.Empty(_wire.Requests);
    }
}
