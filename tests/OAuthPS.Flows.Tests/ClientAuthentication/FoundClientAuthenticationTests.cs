using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Tests.Sessions;

namespace OAuthPS.Flows.Tests.ClientAuthentication;

/// <summary>How a client with a secret authenticates where nobody says it: the other standard way is tried once, and kept.</summary>
public sealed class FoundClientAuthenticationTests : IDisposable
{
    private const string Id = "app:7";
    private const string Secret = "s/e+c=r[t";
    private const string ByForm = "Authorization: Basic YXBwJTNBNzpzJTJGZSUyQmMlM0RyJTVCdA==";
    private const string ByBody = "\n\ngrant_type=client_credentials&client_id=app%3A7&client_secret=s%2Fe%2Bc%3Dr%5Bt";

    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    private static ConnectRequest Request { get; } = new()
    {
        Provider = new()
        {
            Name = "Example",
            ServiceUrl = new Uri("https://login.example.com"),
            TokenEndpoint = "/token",
            AuthorizationEndpoint = "/authorize",
            Flows = [OAuthFlow.ClientCredentials, OAuthFlow.AuthorizationCode, OAuthFlow.RefreshToken, OAuthFlow.Password],
            ClientAuthentications = [ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.Post, ClientAuthenticationMethod.None],
            FindsClientAuthentication = true,
        },
        Flow = OAuthFlow.ClientCredentials,
        Client = new OAuthClient(Id, new Secret(Secret)),
    };

    [Theory]
    [InlineData("401 Unauthorized", """{"error":"invalid_client"}""")]
    [InlineData("400 Bad Request", """{"error":"invalid_client"}""")]
    [InlineData("400 Bad Request", """{"error":"invalid_request","error_description":"client_id missing"}""")]
    [InlineData("401 Unauthorized", "")]
    [InlineData("400 Bad Request", "<html>No</html>")]
    public async Task A_server_that_wants_id_and_secret_in_the_body_is_given_them_there_from_then_on(string status, string body)
    {
        _wire.Answers(Wire.Json(body, status), Given.Token("first"), Given.Token("second"), Given.Token("third"));

        var session = await _wire.ConnectAsync(Request);
        await session.RenewAsync();
        await _wire.ConnectAsync(Request);

        Assert.Contains(ByForm, _wire.Requests[0], StringComparison.Ordinal);
        Assert.All(_wire.Requests.Skip(1), request =>
        {
            Assert.EndsWith(ByBody, request, StringComparison.Ordinal);
            Assert.DoesNotContain("Authorization", request, StringComparison.Ordinal);
        });
        Assert.Equal(4, _wire.Requests.Count);
        Assert.Contains(
            "The server refuses the client by HTTP Basic with id and secret form-encoded; trying id and secret in the body once.\n", _wire.Log.Text, StringComparison.Ordinal);
        Assert.Contains("The server takes the client by id and secret in the body, which is used from now on;", _wire.Log.Text, StringComparison.Ordinal);
        NoSecret.In(_wire.Log, Secret, "s%2Fe%2Bc%3Dr%5Bt");
    }

    // What a server says in words of its own is about anything, and what stands beside a token is no refusal.
    [Theory]
    [InlineData("""{"status":401,"error":"Unauthorized","path":"/token"}""", """{"access_token":"first","token_type":"Bearer","status":"approved"}""")]
    [InlineData("""{"error":"bad_client_secret"}""", """{"access_token":"first","token_type":"Bearer","user":{"type":"admin"},"code":7}""")]
    [InlineData("""{"errorCode":"WFP-1","message":"Who are you?"}""", """{"access_token":"first","token_type":"Bearer"}""")]
    public async Task Neither_a_refusal_nor_a_success_in_a_servers_own_words_is_mistaken(string refusal, string success)
    {
        _wire.Answers(Wire.Json(refusal, "401 Unauthorized"), Wire.Json(success), Given.Token("second"));

        await _wire.ConnectAsync(Request);
        await _wire.ConnectAsync(Request);

        Assert.Equal(3, _wire.Requests.Count);
        Assert.All(_wire.Requests.Skip(1), request => Assert.EndsWith(ByBody, request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_found_is_given_up_when_the_server_wants_the_first_way_again()
    {
        _wire.Answers(InvalidClient(), Given.Token("first"), InvalidClient(), Given.Token("second"), Given.Token("third"));
        await _wire.ConnectAsync(Request);

        await _wire.ConnectAsync(Request);
        await _wire.ConnectAsync(Request);

        Assert.Equal(
            [true, false, false, true, true], _wire.Requests.Select(request => request.Contains(ByForm, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_try_that_brought_no_response_is_made_again()
    {
        var lost = new HttpRequestException(HttpRequestError.ResponseEnded, "It is gone.");
        _wire.Answers(InvalidClient()).Fails(lost).Answers(InvalidClient(), Given.Token("token"));
        await Assert.ThrowsAsync<OAuthConnectionException>(() => _wire.ConnectAsync(Request));

        Assert.Equal("token", (await (await _wire.ConnectAsync(Request)).GetTokenAsync()).TokenOf());
    }

    // It asks for Basic, and had it: so it is the form-encoding that it does not undo. An id with a colon cannot go without.
    [Theory]
    [InlineData("app", "Authorization: Basic YXBwOnMvZStjPXJbdA==\n")]
    [InlineData("app:7", "&client_id=app%3A7&client_secret=s%2Fe%2Bc%3Dr%5Bt")]
    public async Task A_server_that_asks_for_Basic_is_given_id_and_secret_as_they_are(string id, string sent)
    {
        _wire.Answers("HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Basic realm=\"login\"\n\n{\"error\":\"invalid_client\"}", Given.Token("token"));

        await _wire.ConnectAsync(Request with { Client = new OAuthClient(id, new Secret(Secret)) });

        Assert.Contains(sent, _wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sends_them_in_the_body_first_tries_Basic()
    {
        _wire.Answers(InvalidClient(), Given.Token("token"));

        await _wire.ConnectAsync(Request with { Provider = Request.Provider with { ClientAuthentications = [ClientAuthenticationMethod.Post, ClientAuthenticationMethod.Basic] } });

        Assert.EndsWith(ByBody, _wire.Requests[0], StringComparison.Ordinal);
        Assert.Contains(ByForm, _wire.Requests[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("403 Forbidden", "invalid_client")]
    [InlineData("423 Locked", "invalid_client")]
    [InlineData("429 Too Many Requests", "invalid_client")]
    [InlineData("403 Forbidden", null)]
    [InlineData("400 Bad Request", "invalid_scope")]
    [InlineData("400 Bad Request", "unauthorized_client")]
    public async Task A_refusal_that_is_not_about_the_proof_is_the_last(string status, string? error)
    {
        _wire.Answers(Wire.Json(error is null ? "{}" : $$"""{"error":"{{error}}"}""", status));

        await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Request));

        Assert.Single(_wire.Requests);
    }

    public static TheoryData<ConnectRequest> Stated =>
    [
        Request with { ClientAuthentication = ClientAuthenticationMethod.Basic },
        Request with { Provider = Request.Provider with { FindsClientAuthentication = false } },
        // A secret does not go into a URL by itself.
        Request with { Provider = Request.Provider with { TokenParameters = ParameterPlacement.Query } },
        Request with { Provider = Request.Provider with { TokenParameters = ParameterPlacement.Get } },
    ];

    [Theory]
    [MemberData(nameof(Stated))]
    public async Task A_way_that_is_stated_is_kept_to(ConnectRequest request)
    {
        _wire.Answers(InvalidClient());

        await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(request));

        Assert.Single(_wire.Requests);
    }

    // A code is used up by the first try, a refresh token may be, and a person has few attempts.
    [Fact]
    public async Task What_would_be_lost_is_sent_once()
    {
        _wire.Otherwise(_ => Wire.Json("", "401 Unauthorized"));
        FlowInput[] inputs = [new AuthorizationCode(new Secret("code")), new GivenRefreshToken(new Secret("refresh")), new UserCredential("ada", new Secret("pass"))];
        OAuthFlow[] flows = [OAuthFlow.AuthorizationCode, OAuthFlow.RefreshToken, OAuthFlow.Password];

        foreach (var (input, flow) in inputs.Zip(flows))
            await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Request with { Flow = flow, Inputs = [input] }));

        Assert.Equal(["authorization_code", "refresh_token", "password"], _wire.Requests.Select(request => request.Split("grant_type=")[1].Split('&')[0]));
    }

    [Fact]
    public async Task A_password_is_sent_again_where_the_refusal_names_the_client()
    {
        _wire.Answers(InvalidClient(), Given.Token("token"));

        await _wire.ConnectAsync(Request with { Flow = OAuthFlow.Password, Inputs = [new UserCredential("ada", new Secret("pass"))] });

        Assert.EndsWith("&client_id=app%3A7&client_secret=s%2Fe%2Bc%3Dr%5Bt", _wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_a_client_that_was_taken_before_is_about_something_else_unless_it_says_so()
    {
        _wire.Answers(Given.Token("token"), Wire.Json("""{"error":"invalid_request"}""", "400 Bad Request"), Wire.Json("", "401 Unauthorized"));
        var session = await _wire.ConnectAsync(Request);

        await Assert.ThrowsAsync<OAuthServerException>(() => session.RenewAsync());
        await Assert.ThrowsAsync<OAuthServerException>(() => session.RenewAsync());

        Assert.Equal(3, _wire.Requests.Count);
    }

    [Fact]
    public async Task There_is_one_try_for_each_registration_and_the_first_way_is_gone_back_to()
    {
        _wire.Otherwise(_ => InvalidClient());

        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Request));

        Assert.Equal([true, false, true, true], _wire.Requests.Select(request => request.Contains(ByForm, StringComparison.Ordinal)));
    }

    // Who mends the secret starts anew.
    [Fact]
    public async Task Another_secret_is_another_registration()
    {
        _wire.Answers(InvalidClient(), InvalidClient(), InvalidClient(), Given.Token("token"));

        await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Request with { Client = new OAuthClient(Id, new Secret("wrong")) }));
        await _wire.ConnectAsync(Request);

        Assert.EndsWith(ByBody, _wire.LastRequest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid_client", "invalid_request", "invalid_client: first")]
    [InlineData("invalid_request", "invalid_client", "invalid_client: second")]
    [InlineData("invalid_client", "invalid_client", "invalid_client: first")]
    [InlineData("invalid_client", "invalid_scope", "invalid_scope: second")]
    public async Task Of_two_refusals_the_one_that_says_more_is_told(string first, string second, string told)
    {
        _wire.Answers(Refusal(first, "first"), Refusal(second, "second"));

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Request));

        Assert.Equal(told, $"{refused.Error}: {refused.ErrorDescription}");
    }

    // It had looked further than at the client.
    [Fact]
    public async Task A_way_that_brings_another_refusal_is_kept()
    {
        _wire.Answers(InvalidClient(), Refusal("invalid_scope", "no"), Given.Token("token"));

        await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Request));
        await _wire.ConnectAsync(Request);

        Assert.EndsWith(ByBody, _wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_a_vault_keeps_is_renewed_by_the_way_that_was_found()
    {
        var vault = new MemoryVault();
        _wire.Answers(InvalidClient(), Given.Token("first", refreshToken: "refresh-1"));
        await (await _wire.ConnectAsync(Request)).SaveAsync(vault);
        using var elsewhere = new Wire();
        elsewhere.Answers(Given.Token("second"));

        var session = await SessionVaults.RestoreAsync(vault, "Example", _ => Request.Provider, elsewhere.Transport, elsewhere.Log);
        await session.RenewAsync();

        Assert.EndsWith(
            "\n\ngrant_type=refresh_token&refresh_token=refresh-1&client_id=app%3A7&client_secret=s%2Fe%2Bc%3Dr%5Bt", elsewhere.LastRequest, StringComparison.Ordinal);
    }

    // It had a token: what comes without a code is about something else.
    [Fact]
    public async Task A_session_from_a_vault_was_taken_before()
    {
        var vault = new MemoryVault();
        _wire.Answers(Given.Token("first"));
        await (await _wire.ConnectAsync(Request)).SaveAsync(vault);
        using var elsewhere = new Wire();
        elsewhere.Answers(Wire.Json("", "401 Unauthorized"));

        var session = await SessionVaults.RestoreAsync(vault, "Example", _ => Request.Provider, elsewhere.Transport, elsewhere.Log);
        await Assert.ThrowsAsync<OAuthServerException>(() => session.RenewAsync());

        Assert.Single(elsewhere.Requests);
    }

    private static string InvalidClient() => Refusal("invalid_client", "no");

    private static string Refusal(string error, string words) =>
        Wire.Json($$"""{"error":"{{error}}","error_description":"{{words}}"}""", error == "invalid_client" ? "401 Unauthorized" : "400 Bad Request");
}
