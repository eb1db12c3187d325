using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Tests.Interaction;
using OAuthPS.Flows.Tests.Sessions;

namespace OAuthPS.Flows.Tests.Grants;

/// <summary>What a server wants of a token request is stated in the provider's data, and sent.</summary>
public sealed class StatedRequestTests : IDisposable
{
    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    private static OAuthProvider Provider { get; } = new()
    {
        Name = "Acme",
        ServiceUrl = new Uri("https://acme.example"),
        TokenEndpoint = "/token",
        AuthorizationEndpoint = "/authorize",
        RevocationEndpoint = "/revoke",
        Flows = [OAuthFlow.ClientCredentials, OAuthFlow.AuthorizationCode, OAuthFlow.RefreshToken],
        ClientAuthentications = [ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.Post],
    };

    private static ConnectRequest Machine(OAuthProvider provider) => new() { Provider = provider, Flow = OAuthFlow.ClientCredentials, Client = Given.Client };

    private static ConnectRequest Code(OAuthProvider provider) => new()
    {
        Provider = provider,
        Client = Given.Client,
        Inputs = [new AuthorizationCode(new Secret("c0de"), "http://127.0.0.1/", new Secret("verifier"))],
    };

    [Fact]
    public async Task A_flow_has_the_grant_type_and_the_parameters_that_are_stated_for_it()
    {
        _wire.Answers(Given.Token("first", refreshToken: "re-1"), Given.Token("second"));

        var session = await _wire.ConnectAsync(Machine(Tenant) with { AdditionalParameters = new Dictionary<string, string> { ["tenant_id"] = "t 7" } });
        await session.RenewAsync();

        Assert.Equal("POST https://acme.example/token", _wire.Requests[0].Split('\n')[0]);
        Assert.Equal(
            ["grant_type=urn:acme:tenant&version=2&tenant_id=t 7", "grant_type=refresh_token&refresh_token=re-1&tenant_id=t 7"],
            _wire.Requests.Select(request => Uri.UnescapeDataString(request.Split("\n\n")[1]).Replace('+', ' ')));
    }

    [Fact]
    public async Task A_parameter_that_it_needs_is_asked_for_by_its_meaning()
    {
        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(Machine(Tenant)));

        Assert.Equal(("MissingParameter", "Acme needs the parameter tenant_id (the id of the tenant) for the flow ClientCredentials."), (refused.ErrorId, refused.WhatHappened));
        Assert.Equal([OAuthInput.AdditionalParameter], refused.Inputs);
        Assert.Empty(_wire.Requests);
    }

    // A strict authorization endpoint refuses what belongs to the token request, and the other way round.
    [Fact]
    public async Task Where_a_person_signs_in_each_additional_parameter_goes_where_it_belongs()
    {
        var provider = Provider with { Grants = [new() { Flow = OAuthFlow.AuthorizationCode, Needs = [new("shop", "the name of the shop")] }] };
        var parameters = new Dictionary<string, string> { ["shop"] = "s1", ["prompt"] = "consent", ["client_id"] = Given.ClientId, ["scope"] = "api/read" };

        var run = await SignInRun.StartAsync(Code(provider) with { Inputs = [], Flow = OAuthFlow.AuthorizationCode, AdditionalParameters = parameters });
        await run.AnswerWithCodeAsync();
        await run.EndAsync();

        Assert.Equal((null, "consent", Given.ClientId, "api/read"), (run.Sent("shop"), run.Sent("prompt"), run.Sent("client_id"), run.Sent("scope")));
        Assert.EndsWith("&shop=s1&client_id=client+id&scope=api%2Fread", run.Wire.LastRequest, StringComparison.Ordinal);
        Assert.DoesNotContain("prompt", run.Wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_exchange_repeats_scope_and_client_id_where_that_is_stated()
    {
        _wire.Answers(Given.Token("token"));

        await _wire.ConnectAsync(Code(Provider with { CodeExchangeSendsScope = true, CodeExchangeSendsClientId = true }) with { Scope = ["a", "b"] });

        Assert.EndsWith(
            "\n\ngrant_type=authorization_code&code=c0de&redirect_uri=http%3A%2F%2F127.0.0.1%2F&code_verifier=verifier&scope=a+b&client_id=client+id",
            _wire.LastRequest,
            StringComparison.Ordinal);
        Assert.Contains("Authorization: Basic ", _wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_JSON_body_has_each_parameter_as_a_text_and_several_of_a_name_as_a_list()
    {
        _wire.Answers(Given.Token("token"));

        await _wire.ConnectAsync(Machine(Provider with { TokenParameters = ParameterPlacement.Json }) with
        {
            ClientAuthentication = ClientAuthenticationMethod.Post,
            Scope = ["a\"b"],
            Resource = ["https://one.example/", "https://two.example/"],
        });

        Assert.StartsWith("POST https://acme.example/token\n", _wire.LastRequest, StringComparison.Ordinal);
        Assert.Contains("\nContent-Type: application/json\n", _wire.LastRequest, StringComparison.Ordinal);
        Assert.EndsWith(
            """

            {"grant_type":"client_credentials","scope":"a\u0022b","resource":["https://one.example/","https://two.example/"],"client_id":"client id","client_secret":"client secret"}
            """,
            _wire.LastRequest,
            StringComparison.Ordinal);
        NoSecret.In(_wire.Log, Given.ClientSecret);
    }

    [Fact]
    public async Task A_GET_has_them_in_its_query_and_no_body_and_a_secret_there_is_warned_of()
    {
        _wire.Answers(Given.Token("token"), Given.Token("token"));
        var request = Machine(Provider with { TokenParameters = ParameterPlacement.Get }) with { Scope = ["a"] };

        await _wire.ConnectAsync(request);
        Assert.StartsWith("GET https://acme.example/token?grant_type=client_credentials&scope=a\nAuthorization: Basic ", _wire.LastRequest, StringComparison.Ordinal);
        Assert.EndsWith("\n\n", _wire.LastRequest, StringComparison.Ordinal);
        Assert.Empty(_wire.Log.Warnings);

        await _wire.ConnectAsync(request with { ClientAuthentication = ClientAuthenticationMethod.Post });
        Assert.Equal(OAuthNoticeId.SecretInUrl, Assert.Single(_wire.Log.WarningNotices).Id);
        Assert.Contains("&client_secret=***", _wire.Log.Text, StringComparison.Ordinal);
        NoSecret.In(_wire.Log, "client%20secret");
    }

    [Fact]
    public async Task Headers_go_with_each_request_to_the_server_and_no_other_of_the_session_does()
    {
        _wire.Answers(Given.Token("token"), Wire.Json("{}"));
        var provider = Provider with { TokenHeaders = [new("Acme-Version") { Value = "2026-01" }, new("x-app-key") { Meaning = "the key of the app" }] };
        var headers = new Dictionary<string, string> { ["X-App-Key"] = "k-canary", ["acme-tenant"] = "t" };

        var session = await _wire.ConnectAsync(Machine(provider) with { Headers = headers });
        await session.RevokeAsync();

        Assert.All(_wire.Requests, request =>
        {
            Assert.Contains("\nAcme-Version: 2026-01\n", request, StringComparison.Ordinal);
            Assert.Contains("\nx-app-key: k-canary\n", request, StringComparison.Ordinal);
            Assert.DoesNotContain("acme-tenant", request, StringComparison.Ordinal);
        });
        Assert.Equal(2, _wire.Requests.Count);
    }

    [Fact]
    public async Task A_header_that_has_no_value_is_asked_for_and_one_that_a_server_repeats_is_not_shown()
    {
        var provider = Provider with { TokenHeaders = [new("x-app-key") { Meaning = "the key of the app" }] };

        var missing = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(Machine(provider)));
        Assert.Equal(("Acme needs the header x-app-key (the key of the app) for the flow ClientCredentials.", OAuthInput.Header), (missing.WhatHappened, missing.Inputs[0]));

        _wire.Answers(Wire.Json("""{"error":"invalid_scope","error_description":"k-canary is not for it"}""", "400 Bad Request"));
        var refused = await Assert.ThrowsAsync<OAuthServerException>(
            () => _wire.ConnectAsync(Machine(provider) with { Headers = new Dictionary<string, string> { ["x-app-key"] = "k-canary" } }));
        NoSecret.In(refused, "k-canary");
        NoSecret.In(_wire.Log, "k-canary");
    }

    // A form that is none of RFC 9110 section 10.1.5, as some servers prescribe it.
    [Fact]
    public async Task A_user_agent_of_ones_own_goes_with_every_request_in_the_place_of_the_librarys()
    {
        using var server = new UserAgents();
        var transport = new HttpTransport(new HttpMessageInvoker(server), _wire.Clock);

        await OAuthConnection.ConnectAsync(
            Machine(Provider) with { Headers = new Dictionary<string, string> { ["User-Agent"] = "linux:org.example:v2 (by /u/example)" } }, transport);
        await OAuthConnection.ConnectAsync(Machine(Provider), transport);

        Assert.Equal("linux:org.example:v2 (by /u/example)", server.Seen[0]);
        Assert.StartsWith("OAuthPS/", server.Seen[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task API_calls_have_the_scheme_that_is_stated()
    {
        _wire.Answers(Given.Token("token"), Wire.Json("{}"));

        var session = await _wire.ConnectAsync(Machine(Provider with { ApiAuthorizationScheme = "Acme-token" }));
        await session.SendAsync(new() { Uri = new Uri("/things", UriKind.Relative) });

        Assert.Contains("\nAuthorization: Acme-token token\n", _wire.LastRequest, StringComparison.Ordinal);
        Assert.Equal("Acme-token token", (await session.GetRequestHeadersAsync())["Authorization"].Reveal());
    }

    [Fact]
    public async Task An_audience_goes_with_any_grant_that_asks_for_access_and_is_kept_with_the_session()
    {
        var vault = new MemoryVault();
        _wire.Answers(Given.Token("first"), Given.Token("second"));
        await (await _wire.ConnectAsync(Machine(Provider) with { Audience = ["https://api.acme.example/"] })).SaveAsync(vault);

        await (await SessionVaults.RestoreAsync(vault, "Acme", _ => Provider, _wire.Transport, _wire.Log)).RenewAsync();

        Assert.All(_wire.Requests, request => Assert.EndsWith("\n\ngrant_type=client_credentials&audience=https%3A%2F%2Fapi.acme.example%2F", request, StringComparison.Ordinal));
        Assert.Contains("\"version\":3", vault.Only, StringComparison.Ordinal);
    }

    private static OAuthProvider Tenant { get; } = Provider with
    {
        Grants = [new() { Flow = OAuthFlow.ClientCredentials, GrantType = "urn:acme:tenant", Parameters = [new("version", "2")], Needs = [new("tenant_id", "the id of the tenant")] }],
    };

    private sealed class UserAgents : HttpMessageHandler
    {
        internal List<string> Seen { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen.Add(request.Headers.NonValidated["User-Agent"].ToString());
            return Task.FromResult(Wire.Parse(Given.Token("token")));
        }
    }
}
