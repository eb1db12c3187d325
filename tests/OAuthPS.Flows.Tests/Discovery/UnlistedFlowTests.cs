using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Tests.Interaction;

namespace OAuthPS.Flows.Tests.Discovery;

/// <summary>Flows that a server's metadata does not list: which are tried, when, and what is said.</summary>
public class UnlistedFlowTests
{
    private const string Endpoints = """
        ,"authorization_endpoint":"https://login.example.com/authorize","token_endpoint":"https://login.example.com/token"
        """;

    private static readonly ConnectRequest _byIssuer = new()
    {
        Provider = new() { Name = "Example", Issuer = "https://login.example.com" },
        Client = Given.Client,
    };

    private Wire Wire { get; } = new();

    [Fact]
    public async Task One_is_tried_when_it_is_asked_for_by_name_and_that_is_said()
    {
        Wire.Answers(Document(Endpoints + ",\"grant_types_supported\":[\"authorization_code\"]"), Given.Token("token"));

        var session = await Wire.ConnectAsync(_byIssuer with { Flow = OAuthFlow.ClientCredentials });

        Assert.Equal("token", (await session.GetTokenAsync()).TokenOf());
        Assert.EndsWith("\n\ngrant_type=client_credentials", Wire.LastRequest, StringComparison.Ordinal);
        Assert.Equal(["Example does not list the flow ClientCredentials; it is tried because it was asked for by name."], Wire.Log.Warnings);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"grant_types_supported\":[\"client_credentials\"]")]
    public async Task Of_one_that_is_listed_or_that_silence_does_not_forbid_nothing_is_said(string grants)
    {
        Wire.Answers(Document(Endpoints + grants), Given.Token("token"));

        await Wire.ConnectAsync(_byIssuer with { Flow = OAuthFlow.ClientCredentials });

        Assert.Empty(Wire.Log.Warnings);
    }

    // RFC 9700 section 2.4 advises against it: it is never what is chosen for a server that does not list it.
    [Theory]
    [InlineData("")]
    [InlineData(",\"grant_types_supported\":[\"client_credentials\"]")]
    public async Task A_users_password_goes_to_a_server_that_does_not_list_its_flow_only_when_that_is_asked_for_by_name(string grants)
    {
        Wire.Answers(Document(Endpoints + grants), Given.Token("token"));
        var request = _byIssuer with { Inputs = [Given.User] };

        Assert.Equal("ParameterNotUsed", (await Assert.ThrowsAsync<OAuthUsageException>(() => Wire.ConnectAsync(request))).ErrorId);
        Assert.Single(Wire.Requests);

        await Wire.ConnectAsync(request with { Flow = OAuthFlow.Password });
        Assert.Contains("grant_type=password&username=ada%40example.com", Wire.LastRequest, StringComparison.Ordinal);
        Assert.Equal([OAuthNoticeId.FlowNotListed, OAuthNoticeId.FlowAdvisedAgainst], Wire.Log.WarningNotices.Select(notice => notice.Id));
        Assert.Equal("Example does not list the flow Password; it is tried because it was asked for by name.", Wire.Log.Warnings[0]);
    }

    // RFC 9700 section 2.1.2 advises against it as well: a server that is silent (RFC 8414 section 2 has that mean it) is not taken to list it.
    [Theory]
    [InlineData("")]
    [InlineData(",\"grant_types_supported\":[\"authorization_code\"]")]
    public async Task A_token_comes_by_the_browser_of_a_server_that_does_not_list_that_when_it_is_asked_for_by_name(string grants)
    {
        Wire.Answers(Document(Endpoints + grants));
        var prompt = new RecordingPrompt(url =>
            $"https://app.example/callback#access_token=from-the-browser&token_type=Bearer&expires_in=3600&state={SignInRun.Parameter(url, "state")}");
        var request = _byIssuer with { Flow = OAuthFlow.Implicit, SignIn = new() { NoBrowser = true, RedirectUri = "https://app.example/callback" } };

        var session = await OAuthConnection.ConnectAsync(request, prompt, Wire.Transport, Wire.Log);

        Assert.Equal("from-the-browser", (await session.GetTokenAsync()).TokenOf());
        Assert.StartsWith("https://login.example.com/authorize?response_type=token&", (await prompt.Url).AbsoluteUri, StringComparison.Ordinal);
        Assert.Single(Wire.Requests);
        Assert.Equal([OAuthNoticeId.FlowNotListed, OAuthNoticeId.FlowAdvisedAgainst], Wire.Log.WarningNotices.Select(notice => notice.Id));
        Assert.Equal("Example does not list the flow Implicit; it is tried because it was asked for by name.", Wire.Log.Warnings[0]);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("DeviceCode")]
    [InlineData("AuthorizationCode")]
    [InlineData("Implicit")]
    public async Task One_that_has_no_endpoint_is_not_tried(string flow)
    {
        Wire.Answers(Document(",\"token_endpoint\":\"https://login.example.com/token\""));

        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => Wire.ConnectAsync(_byIssuer with { Flow = new OAuthFlow(flow) }));

        Assert.Equal("FlowNotSupported", refused.ErrorId);
        Assert.Single(Wire.Requests);
    }

    [Fact]
    public async Task One_that_a_provider_file_leaves_out_is_not_tried()
    {
        Wire.Answers(Document(Endpoints));
        var stated = _byIssuer.Provider with { Flows = [OAuthFlow.ClientCredentials] };

        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() =>
            Wire.ConnectAsync(_byIssuer with { Provider = stated, Flow = OAuthFlow.JwtBearer }));

        Assert.Equal("FlowNotSupported", refused.ErrorId);
    }

    [Fact]
    public async Task A_clients_secret_alone_means_client_credentials_where_the_server_is_silent()
    {
        Wire.Answers(Document(Endpoints), Given.Token("token"));

        var session = await OAuthConnection.ConnectAsync(_byIssuer, new RecordingPrompt { IsAttended = false }, Wire.Transport, Wire.Log);

        Assert.Equal(OAuthFlow.ClientCredentials, session.Flow);
    }

    [Fact]
    public async Task Where_only_a_person_can_sign_in_a_clients_secret_alone_opens_no_browser_in_a_runbook()
    {
        Wire.Otherwise(_ => Document(Endpoints + ",\"grant_types_supported\":[\"authorization_code\",\"refresh_token\"]"));
        var opened = false;
        var request = _byIssuer with { SignIn = new() { OpenBrowser = (_, _) => Task.FromResult(!(opened = true)) } };

        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() =>
            OAuthConnection.ConnectAsync(request, new RecordingPrompt { IsAttended = false }, Wire.Transport, Wire.Log));

        Assert.Equal("SignInNeeded", refused.ErrorId);
        Assert.Contains("AuthorizationCode needs a person to sign in, and there is nobody to ask.", refused.Message, StringComparison.Ordinal);
        Assert.Contains("the flow ClientCredentials", refused.RecommendedAction, StringComparison.Ordinal);
        Assert.False(opened);
        Assert.Single(Wire.Requests);
    }

    [Theory]
    [InlineData("Post", "client_id=client+id&client_secret=client+secret")]
    [InlineData("Basic", "Authorization: Basic ")]
    [InlineData("SecretJwt", "client_assertion=")]
    public async Task A_client_authentication_is_tried_where_the_server_is_silent(string method, string sent)
    {
        Wire.Answers(Document(Endpoints), Given.Token("token"));

        await Wire.ConnectAsync(_byIssuer with { ClientAuthentication = Enum.Parse<ClientAuthenticationMethod>(method) });

        Assert.Contains(sent, Wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_the_server_leaves_out_of_its_list_is_not_tried()
    {
        Wire.Answers(Document(Endpoints + ",\"token_endpoint_auth_methods_supported\":[\"client_secret_basic\"]"));

        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() =>
            Wire.ConnectAsync(_byIssuer with { ClientAuthentication = ClientAuthenticationMethod.Post }));

        Assert.Equal("ClientAuthenticationNotSupported", refused.ErrorId);
    }

    private static string Document(string members) => Wire.Json($$"""{"issuer":"https://login.example.com"{{members}}}""");
}
