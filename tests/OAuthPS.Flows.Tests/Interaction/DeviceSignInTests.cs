using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>RFC 8628, by a clock that stands still between the questions.</summary>
public sealed class DeviceSignInTests : IDisposable
{
    private const string Device = """
        {"device_code":"the-device-code","user_code":"WDJB-MJHT","verification_uri":"https://login.example.com/device",
        "verification_uri_complete":"https://login.example.com/device?user_code=WDJB-MJHT","expires_in":1800,"interval":5}
        """;

    private readonly WatchedClock _clock = new();
    private readonly Wire _wire = new();
    private readonly RecordingPrompt _prompt = new();

    private static ConnectRequest Request { get; } = new()
    {
        Provider = new()
        {
            Name = "Example",
            ServiceUrl = new Uri("https://login.example.com"),
            TokenEndpoint = "/token",
            DeviceAuthorizationEndpoint = "/device_authorization",
            Flows = [OAuthFlow.DeviceCode],
            ClientAuthentications = [ClientAuthenticationMethod.Post, ClientAuthenticationMethod.None],
        },
        Client = new("device client"),
        Scope = ["read", "write"],
        SignIn = new() { Timeout = TimeSpan.FromMinutes(30) },
        AdditionalParameters = new Dictionary<string, string> { ["audience"] = "api" },
    };

    [Fact]
    public async Task Both_requests_stand_on_the_wire_as_the_specification_has_them()
    {
        var signIn = Start(Wire.Json(Device), Given.Token("token", refreshToken: "refresh"));
        await PollAfterAsync(5);
        var session = await signIn;

        Assert.Equal(
            [
                """
                POST https://login.example.com/device_authorization
                Accept: application/json
                Content-Type: application/x-www-form-urlencoded

                scope=read+write&client_id=device+client&audience=api
                """,
                """
                POST https://login.example.com/token
                Accept: application/json
                Content-Type: application/x-www-form-urlencoded

                grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=the-device-code&client_id=device+client&audience=api
                """,
            ],
            _wire.Requests);
        Assert.Equal("token", (await session.GetTokenAsync()).TokenOf());
        Assert.True(session.CanRefresh);
        NoSecret.In(_wire.Log, "the-device-code");
    }

    [Fact]
    public async Task The_person_sees_address_and_code_so_that_they_can_be_copied()
    {
        var signIn = Start(Wire.Json(Device), Given.Token("token"));
        await PollAfterAsync(5);
        await signIn;

        Assert.Equal("""
            To sign in to Example, open this address in a browser on any device:

                https://login.example.com/device

            and enter the code

                WDJB-MJHT

            or straight to https://login.example.com/device?user_code=WDJB-MJHT

            """, _prompt.Shown);
        Assert.Equal(TimeSpan.FromSeconds(1800), _prompt.Progress[0]);
        Assert.Null(_prompt.Progress[^1]);
    }

    [Fact]
    public async Task The_interval_is_respected_and_slow_down_adds_five_seconds_for_good()
    {
        var signIn = Start(Wire.Json(Device), Refusal("authorization_pending"), Refusal("slow_down"), Refusal("authorization_pending"), Given.Token("token"));

        await _clock.WaitOfAsync(TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.Single(_wire.Requests);
        _clock.Advance(TimeSpan.FromTicks(1));
        await PollAfterAsync(5);
        await PollAfterAsync(10);
        await PollAfterAsync(10);

        Assert.Equal("token", (await (await signIn).GetTokenAsync()).TokenOf());
        Assert.Equal(5, _wire.Requests.Count);
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData(",\"interval\":0", 5)]
    [InlineData(",\"interval\":-3", 5)]
    [InlineData(",\"interval\":\"7\"", 7)]
    [InlineData(",\"interval\":2", 2)]
    public async Task Without_an_interval_it_is_five_seconds(string interval, int seconds)
    {
        var signIn = Start(
            Wire.Json($$"""{"device_code":"d","user_code":"U","verification_uri":"https://login.example.com/device","expires_in":"600"{{interval}}}"""), Given.Token("token"));

        await PollAfterAsync(seconds);
        await signIn;
    }

    [Fact]
    public async Task A_connection_that_fails_is_tried_again_after_twice_the_time()
    {
        _wire.Answers(Wire.Json(Device)).Fails(new HttpRequestException(HttpRequestError.ConnectionError)).Fails(new HttpRequestException(HttpRequestError.ConnectionError));
        var signIn = Start(Given.Token("token"));

        await PollAfterAsync(5);
        await PollAfterAsync(10);
        await PollAfterAsync(20);
        await signIn;
    }

    [Theory]
    [InlineData("expired_token", "SignInTimeout")]
    [InlineData("access_denied", "AccessDenied")]
    [InlineData("invalid_client", "InvalidClient")]
    public async Task Any_other_refusal_ends_the_sign_in(string error, string id)
    {
        var signIn = Start(Wire.Json(Device), Refusal(error));
        await PollAfterAsync(5);

        var failure = await Assert.ThrowsAsync<OAuthServerException>(() => signIn);
        Assert.Equal(id, failure.ErrorId);
        NoSecret.In(failure, "the-device-code");
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(3600, 1800)]
    public async Task The_wait_ends_with_the_timeout_or_with_the_code_whichever_is_first(int timeout, int end)
    {
        _wire.Answers(Wire.Json(Device)).Otherwise(_ => Refusal("authorization_pending"));
        var signIn = Start(Request with { SignIn = new() { Timeout = TimeSpan.FromSeconds(timeout) } });
        await _clock.WaitOfAsync(TimeSpan.FromSeconds(end));

        _clock.Advance(TimeSpan.FromSeconds(end));

        var failure = await Assert.ThrowsAsync<OAuthConnectionException>(() => signIn);
        Assert.Equal("SignInTimeout", failure.ErrorId);
        Assert.Contains($"within {end} s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait()
    {
        using var stop = new CancellationTokenSource();
        var signIn = Start(Request, stop.Token, Wire.Json(Device));
        await _clock.WaitOfAsync(TimeSpan.FromSeconds(5));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signIn.WaitAsync(TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://login.example.com/device")]
    [InlineData("https://user:word@login.example.com/device")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/device")]
    [InlineData("login.example.com/device")]
    [InlineData("")]
    [InlineData("\\u001b[2J")]
    public async Task Nobody_is_sent_to_what_is_no_safe_web_page(string address)
    {
        var body = Device.Replace("https://login.example.com/device\"", $"{address}\"", StringComparison.Ordinal);

        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => Start(Wire.Json(body)));

        Assert.Contains("'verification_uri'", failure.Message, StringComparison.Ordinal);
        Assert.Equal("", _prompt.Shown);
    }

    [Theory]
    [InlineData("device_code")]
    [InlineData("user_code")]
    [InlineData("verification_uri")]
    public async Task An_answer_without_a_member_that_is_needed_is_refused(string member)
    {
        var body = Device.Replace($"\"{member}\"", "\"other\"", StringComparison.Ordinal);

        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => Start(Wire.Json(body)));

        Assert.Contains($"'{member}'", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _clock.Dispose();

    private static string Refusal(string error) => Wire.Json($$"""{"error":"{{error}}"}""", "400 Bad Request");

    private Task<OAuthSession> Start(params string[] answers) => Start(Request, default, answers);

    private Task<OAuthSession> Start(ConnectRequest request, CancellationToken cancellation = default, params string[] answers) => OAuthConnection.ConnectAsync(
        request, _prompt, new HttpTransport(new HttpMessageInvoker(_wire.Answers(answers)), _clock), _wire.Log, cancellation).WaitAsync(RawBrowser.Patience, CancellationToken.None);

    private async Task PollAfterAsync(int seconds)
    {
        await _clock.WaitOfAsync(TimeSpan.FromSeconds(seconds));
        _clock.Advance(TimeSpan.FromSeconds(seconds));
    }
}
