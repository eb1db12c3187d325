using OAuthPS.Flows.Api;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>Which origins a session's token goes to, on the wire.</summary>
public sealed class ApiOriginTests : VaultTest
{
    // An authorization server that says nothing of APIs.
    private static readonly OAuthProvider _login = new()
    {
        Name = "Login",
        ServiceUrl = new Uri("https://login.example.com/tenant"),
        TokenEndpoint = "/token",
        Flows = [OAuthFlow.ClientCredentials],
        ClientAuthentications = [ClientAuthenticationMethod.Post],
    };

    private static ConnectRequest Login { get; } = new() { Provider = _login, Client = Given.Client };

    public static TheoryData<string, string> Foreign => new()
    {
        { "another host", "https://elsewhere.example.com/things" },
        { "a name below", "https://x.fra1.blynk.cloud/things" },
        { "a name above", "https://blynk.cloud/things" },
        { "the name as a beginning", "https://fra1.blynk.cloud.example.com/things" },
        { "another port", "https://fra1.blynk.cloud:8443/things" },
        { "this machine", "http://127.0.0.1:8080/things" },
        { "a letter that looks the same", "https://fr\u04301.blynk.cloud/things" },
        { "a dot at its end", "https://elsewhere.example.com./things" },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_call_elsewhere_is_refused_before_anything_is_sent(string what, string address)
    {
        Wire.Answers(Given.Token("t0ken", 600));
        var session = await Wire.ConnectAsync(Given.Blynk);
        Expire();

        var call = await Assert.ThrowsAsync<OAuthUsageException>(() => session.SendAsync(Get(address + "?key=hunter2")));
        var headers = await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetRequestHeadersAsync(uri: new Uri(address)));

        Assert.Equal(("ApiOriginNotAllowed", "ApiOriginNotAllowed", what), (call.ErrorId, headers.ErrorId, what));
        Assert.Equal([OAuthInput.ApiUrl], call.Inputs);
        Assert.Contains("https://fra1.blynk.cloud", call.WhatHappened, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", call.ToString(), StringComparison.Ordinal);
        var url = new Uri(address);
        Assert.Equal($"{url.Scheme}://{url.IdnHost}{(url.IsDefaultPort ? "" : $":{url.Port}")}", call.Endpoint);
        Assert.Single(Wire.Requests);
    }

    [Theory]
    [InlineData("https://FRA1.Blynk.Cloud/things")]
    [InlineData("https://fra1.blynk.cloud./things")]
    [InlineData("https://fra1.blynk.cloud:443/things")]
    public async Task The_same_origin_may_be_written_otherwise(string address)
    {
        Wire.Answers(Given.Token("t0ken"), Wire.Json("{}"));
        var session = await Wire.ConnectAsync(Given.Blynk);

        await session.SendAsync(Get(address));

        Assert.Contains("\nAuthorization: Bearer t0ken\n", Wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_in_letters_of_another_script_is_the_one_that_name_servers_know()
    {
        Wire.Answers(Given.Token("t0ken"), Wire.Json("{}"), Wire.Json("{}"));
        var session = await Wire.ConnectAsync(Login with { ApiUrls = [new Uri("https://b\u00fccher.example/v1")] });

        await session.SendAsync(Get("https://xn--bcher-kva.example/v2"));
        await session.SendAsync(Get("https://B\u00dcCHER.example/v3"));

        Assert.Equal(3, Wire.Requests.Count);
        Assert.Equal(["https://login.example.com", "https://xn--bcher-kva.example"], Known(session));
        Assert.Equal("ApiOriginNotAllowed", await RefusalAsync(session, "https://bucher.example/v1"));
    }

    [Fact]
    public async Task Userinfo_and_plain_HTTP_are_refused_as_what_they_are()
    {
        Wire.Answers(Given.Token("t0ken"));
        var session = await Wire.ConnectAsync(Login);

        Assert.Equal("InvalidUrl", await RefusalAsync(session, "https://login.example.com@elsewhere.example.com/"));
        Assert.Equal("InsecureUrl", await RefusalAsync(session, "http://login.example.com/"));
        Assert.Equal(["https://login.example.com"], Known(session));
    }

    [Theory]
    [InlineData("Blynk", "https://fra1.blynk.cloud")]
    [InlineData("Spacebring", "https://api.spacebring.com")]
    [InlineData("SpatiaFi", "https://auth.spatiafi.com https://api.spatiafi.com")]
    [InlineData("JetBrainsSpace", "https://mycompany.jetbrains.space")]
    public async Task The_built_in_providers_have_the_APIs_that_they_document_and_no_other(string provider, string expected)
    {
        Wire.Answers(Given.Token("t0ken"));
        var request = new[] { Given.Blynk, Given.SpacebringBasic, Given.SpatiaFi, Given.Space }.Single(one => one.Provider.Name == provider);

        var session = await Wire.ConnectAsync(request);

        Assert.Equal(expected.Split(' '), Known(session));
        Assert.Equal("ApiOriginNotAllowed", await RefusalAsync(session, "https://elsewhere.example.com/"));
    }

    [Fact]
    public async Task What_the_provider_the_resource_and_the_user_name_takes_the_token()
    {
        Wire.Answers(Given.Token("t0ken")).Otherwise(_ => Wire.Json("{}"));
        var session = await Wire.ConnectAsync(Login with
        {
            Provider = _login with { ApiUrls = ["https://api.example.com/v1"] },
            Resource = ["https://graph.example.com/.default", "urn:of:an:api"],
            ApiUrls = [new Uri("https://files.example.com:8443/a"), new Uri("http://localhost:5000/")],
        });
        string[] known =
            ["https://login.example.com", "https://api.example.com", "https://files.example.com:8443", "http://localhost:5000", "https://graph.example.com"];

        foreach (var origin in known)
            await session.SendAsync(Get($"{origin}/things"));

        Assert.Equal(known, Known(session));
        Assert.All(Wire.Requests.Skip(1), request => Assert.Contains("\nAuthorization: Bearer t0ken\n", request, StringComparison.Ordinal));
        Assert.Equal("ApiOriginNotAllowed", await RefusalAsync(session, "https://elsewhere.example.com/"));
    }

    [Fact]
    public async Task Where_no_API_is_known_the_first_address_is_the_one()
    {
        Wire.Answers(Given.Token("t0ken")).Otherwise(_ => Wire.Json("{}"));
        var session = await Wire.ConnectAsync(Login);

        await session.SendAsync(Get("https://login.example.com/me"));
        await session.SendAsync(new ApiCall { Uri = new Uri("/me", UriKind.Relative) });
        await session.SendAsync(Get("https://api.example.com/v1"));
        await session.SendAsync(Get("https://api.example.com/v2"));

        Assert.Equal("ApiOriginNotAllowed", await RefusalAsync(session, "https://elsewhere.example.com/"));
        Assert.Equal(["https://login.example.com", "https://api.example.com"], Known(session));
        Assert.Equal(
            ["https://login.example.com/me", "https://login.example.com/tenant/me", "https://api.example.com/v1", "https://api.example.com/v2"],
            Wire.Requests.Skip(1).Select(request => request.Split(' ', '\n')[1]));
    }

    [Fact]
    public async Task Headers_for_an_address_make_it_the_first()
    {
        Wire.Answers(Given.Token("t0ken"));
        var session = await Wire.ConnectAsync(Login);

        await session.GetRequestHeadersAsync(uri: new Uri("https://api.example.com/v1"));

        Assert.Equal("ApiOriginNotAllowed", await RefusalAsync(session, "https://elsewhere.example.com/"));
    }

    [Fact]
    public async Task A_misspelt_address_that_was_not_reached_is_not_the_first()
    {
        Wire.Answers(Given.Token("t0ken"))
            .Fails(new HttpRequestException(HttpRequestError.NameResolutionError)).Answers(Wire.Json("{}"), "HTTP/1.1 400 Oops");
        var session = await Wire.ConnectAsync(Login);

        Assert.Equal("HostUnknown", (await Assert.ThrowsAsync<OAuthConnectionException>(() => session.SendAsync(Get("https://api.exmaple.com/")))).ErrorId);
        await session.SendAsync(Get("https://api.example.com/"));

        // One that has answered, whatever it said, has had the token.
        Assert.Equal("ApiOriginNotAllowed", await RefusalAsync(session, "https://api.exmaple.com/"));
        await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(Get("https://api.example.com/")));
        Assert.Equal(["https://login.example.com", "https://api.example.com"], Known(session));
    }

    [Fact]
    public async Task A_call_that_was_never_sent_does_not_make_its_address_the_first()
    {
        Wire.Answers(Given.Token("t0ken"))
            .Fails(new HttpRequestException(HttpRequestError.ProxyTunnelError, statusCode: System.Net.HttpStatusCode.BadGateway)).Answers(Wire.Json("{}"));
        var session = await Wire.ConnectAsync(Login);

        Assert.Equal("ProxyRefused", (await Assert.ThrowsAsync<OAuthConnectionException>(() => session.SendAsync(Get("https://api.exmaple.com/")))).ErrorId);
        await Assert.ThrowsAsync<OAuthUsageException>(() => session.SendAsync(
            new() { Uri = new("https://api.exmaple.com/"), Content = ApiContent.FromText("{}") }));
        await session.SendAsync(Get("https://api.example.com/"));

        Assert.Equal(["https://login.example.com", "https://api.example.com"], Known(session));
    }

    [Fact]
    public async Task A_new_token_does_not_go_where_its_response_no_longer_leads()
    {
        var session = await MovingAsync("HTTP/1.1 401 Unauthorized");

        Assert.Equal("ApiOriginNotAllowed", await RefusalAsync(session, "https://one.example.com/x"));
        Assert.Equal(3, Wire.Requests.Count);
    }

    [Fact]
    public async Task No_header_of_a_new_token_is_given_for_where_its_response_no_longer_leads()
    {
        var session = await MovingAsync();
        Expire();

        var error = await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetRequestHeadersAsync(uri: new Uri("https://one.example.com/x")));

        Assert.Equal("ApiOriginNotAllowed", error.ErrorId);
    }

    [Fact]
    public async Task A_client_with_the_session_gets_the_refusal_and_sends_no_new_token_where_its_response_no_longer_leads()
    {
        var session = await MovingAsync("HTTP/1.1 401 Unauthorized");
        using var client = new HttpClient(new OAuthSessionHandler(session) { InnerHandler = Wire }, disposeHandler: false);

        var response = await client.GetAsync(new Uri("https://one.example.com/x"));

        Assert.Equal((System.Net.HttpStatusCode.Unauthorized, 3), (response.StatusCode, Wire.Requests.Count));
    }

    [Fact]
    public async Task A_client_with_the_session_sends_nothing_of_it_where_the_response_of_a_renewal_no_longer_leads()
    {
        var session = await MovingAsync();
        Wire.Answers(Wire.Json("{}"));
        Expire();
        using var client = new HttpClient(new OAuthSessionHandler(session) { InnerHandler = Wire }, disposeHandler: false);

        await client.GetAsync(new Uri("https://one.example.com/x"));

        Assert.Equal("GET https://one.example.com/x\n\n", Wire.LastRequest);
    }

    [Fact]
    public async Task Of_many_first_addresses_at_once_one_gets_the_token()
    {
        Wire.Answers(Given.Token("t0ken")).Otherwise(_ => Wire.Json("{}"));
        var session = await Wire.ConnectAsync(Login);

        var calls = Enumerable.Range(0, 64).Select(i => Task.Run(() => session.SendAsync(Get($"https://api{i}.example.com/")))).ToList();
        await Task.WhenAll(calls.Select(call => call.ContinueWith(_ => { }, TaskScheduler.Default)));

        _ = Assert.Single(calls, call => call.IsCompletedSuccessfully);
        Assert.All(calls.Where(call => call.IsFaulted), call => Assert.Equal("ApiOriginNotAllowed", Assert.IsType<OAuthUsageException>(call.Exception!.InnerException).ErrorId));
        Assert.Equal((2, 2), (Wire.Requests.Count, session.ApiUrls.Count));
    }

    [Fact]
    public async Task An_address_that_a_server_gives_is_never_the_first()
    {
        Wire.Answers(Given.Token("t0ken"), "HTTP/1.1 302 Found\nLocation: https://elsewhere.example.com/");
        var session = await Wire.ConnectAsync(Login);
        var origins = session.Api.Origins;

        Assert.Equal("ApiOriginNotAllowed", Assert.Throws<OAuthUsageException>(() => origins.RequireKnown(new Uri("https://elsewhere.example.com/?page=2"))).ErrorId);
        var redirected = await Assert.ThrowsAsync<OAuthConnectionException>(() => session.SendAsync(Get("https://login.example.com/things")));

        Assert.Equal(("RedirectToOtherOrigin", 2), (redirected.ErrorId, Wire.Requests.Count));
        Assert.Equal(["https://login.example.com"], Known(session));
        origins.RequireKnown(new Uri("https://login.example.com/?page=2"));
    }

    [Fact]
    public async Task A_member_of_the_token_response_names_the_API_and_relative_addresses_are_there()
    {
        Wire.Answers(Wire.Json(Instance("first", "https://acme.my.example.com")), Wire.Json("{}"), Wire.Json("{}"), Wire.Json(Instance("second", "https://moved.example.com/x")), Wire.Json("{}"));
        var session = await Wire.ConnectAsync(Login with { Provider = Instanced });

        await session.SendAsync(new ApiCall { Uri = new Uri("/services/data", UriKind.Relative) });
        await session.SendAsync(Get("https://acme.my.example.com/services"));
        Assert.Equal("ApiOriginNotAllowed", await RefusalAsync(session, "https://elsewhere.example.com/"));
        await session.RenewAsync();
        await session.SendAsync(new ApiCall { Uri = new Uri("/services/data", UriKind.Relative) });

        Assert.Equal("ApiOriginNotAllowed", await RefusalAsync(session, "https://acme.my.example.com/services"));
        Assert.Equal(
            ["https://acme.my.example.com/services/data", "https://acme.my.example.com/services", "https://login.example.com/tenant/token", "https://moved.example.com/x/services/data"],
            Wire.Requests.Skip(1).Select(request => request.Split(' ', '\n')[1]));
    }

    [Theory]
    [InlineData("http://acme.my.example.com")]
    [InlineData("https://user:pass@acme.my.example.com")]
    [InlineData("https://acme.my.example.com/%E2%80%AE")]
    [InlineData("/services")]
    [InlineData("ftp://acme.my.example.com")]
    [InlineData("")]
    public async Task A_member_that_is_no_safe_address_names_no_API(string value)
    {
        Wire.Answers(Wire.Json(Instance("t0ken", value)));

        var session = await Wire.ConnectAsync(Login with { Provider = Instanced });

        Assert.Equal(["https://login.example.com"], Known(session));
    }

    [Theory]
    [InlineData("http://api.example.com", "InsecureUrl")]
    [InlineData("https://user@api.example.com", "InvalidUrl")]
    [InlineData("https://api.example.com/%E2%80%AE", "InvalidUrl")]
    [InlineData("/v1", "InvalidUrl")]
    public async Task An_address_that_must_not_have_the_token_is_refused_when_connecting(string url, string error)
    {
        var refused = await Assert.ThrowsAsync<OAuthUsageException>(
            () => Wire.ConnectAsync(Login with { ApiUrls = [new Uri(url, url[0] == '/' ? UriKind.Relative : UriKind.Absolute)] }));

        Assert.Equal((error, 0), (refused.ErrorId, Wire.Requests.Count));
    }

    [Fact]
    public async Task The_users_addresses_the_first_one_and_a_responses_survive_the_vault()
    {
        Wire.Answers(Given.Token("t0ken"), Given.Token("t0ken"), Wire.Json("{}"), Wire.Json(Instance("t0ken", "https://acme.my.example.com")));
        var named = await Wire.ConnectAsync(Login with { Name = "named", ApiUrls = [new Uri("https://api.example.com/v1")] });
        var learned = await Wire.ConnectAsync(Login with { Name = "learned" });
        await learned.SendAsync(Get("https://first.example.com/"));
        var instanced = await Wire.ConnectAsync(Login with { Name = "instanced", Provider = Instanced });

        foreach (var (session, api) in new[] { (named, "https://api.example.com"), (learned, "https://first.example.com"), (instanced, "https://acme.my.example.com") })
        {
            await session.SaveAsync(Vault);
            var restored = await SessionVaults.RestoreAsync(
                Vault, session.Name, name => session.Name == "instanced" ? Instanced : _login, Wire.Transport, Wire.Log);

            Assert.Equal(["https://login.example.com", api], Known(restored));
            Assert.Equal("ApiOriginNotAllowed", await RefusalAsync(restored, "https://elsewhere.example.com/"));
        }
    }

    [Fact]
    public async Task An_entry_of_before_knows_no_API_and_learns_the_first()
    {
        Wire.Answers(Given.Token("t0ken"), Wire.Json("{}"));
        await SavedAsync(Login with { Name = "old" });
        Assert.DoesNotContain("apiUrls", Vault.Only, StringComparison.Ordinal);

        var restored = await SessionVaults.RestoreAsync(Vault, "old", _ => _login, Wire.Transport, Wire.Log);
        await restored.SendAsync(Get("https://api.example.com/"));

        Assert.Equal("ApiOriginNotAllowed", await RefusalAsync(restored, "https://elsewhere.example.com/"));
    }

    [Fact]
    public async Task A_client_with_the_session_sends_the_token_to_the_APIs_that_it_knows()
    {
        Wire.Answers(Given.Token("t0ken"), Wire.Json("{}"), Wire.Json("{}"));
        var session = await Wire.ConnectAsync(Login with { ApiUrls = [new Uri("https://api.example.com/v1")] });
        using var client = new HttpClient(new OAuthSessionHandler(session) { InnerHandler = Wire }, disposeHandler: false);

        await client.GetAsync(new Uri("https://api.example.com/things"));
        await client.GetAsync(new Uri("https://elsewhere.example.com/things"));

        Assert.Equal(["GET https://api.example.com/things\nAuthorization: Bearer t0ken\n\n", "GET https://elsewhere.example.com/things\n\n"], Wire.Requests.Skip(1));
    }

    private static OAuthProvider Instanced => _login with { TokenResponse = new() { ApiUrlMember = "instance_url" } };

    private static string Instance(string token, string url) => $$"""{"access_token":"{{token}}","expires_in":3600,"instance_url":"{{url}}"}""";

    // Its API is at another origin from the second token on.
    private async Task<OAuthSession> MovingAsync(params string[] between)
    {
        Wire.Answers(
            [Wire.Json(Instance("first", "https://one.example.com")), .. between, Wire.Json(Instance("second", "https://two.example.com"))]);
        return await Wire.ConnectAsync(Login with { Provider = Instanced });
    }

    private static ApiCall Get(string address) => new() { Uri = new Uri(address) };

    private static IEnumerable<string> Known(OAuthSession session) => session.ApiUrls.Select(url => url.GetLeftPart(UriPartial.Authority));

    private static async Task<string> RefusalAsync(OAuthSession session, string address) =>
        (await Assert.ThrowsAsync<OAuthUsageException>(() => session.SendAsync(Get(address)))).ErrorId;
}
