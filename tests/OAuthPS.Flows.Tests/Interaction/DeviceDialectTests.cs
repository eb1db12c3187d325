using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>The device flow as servers play it: the question is asked until the code has ended or the server says no.</summary>
public sealed class DeviceDialectTests : IDisposable
{
    private const string Device = """{"device_code":"the-device-code","user_code":"WDJB-MJHT","verification_uri":"https://login.example.com/device","expires_in":600,"interval":5}""";

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
            ClientAuthentications = [ClientAuthenticationMethod.None],
        },
        Client = new("device client"),
        SignIn = new() { Timeout = TimeSpan.FromMinutes(30) },
    };

    public void Dispose()
    {
        _clock.Dispose();
        _wire.Dispose();
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"error\":\"authorization_pending\",\"error_description\":\"Not yet.\"}")]
    [InlineData("HTTP/1.1 403 Forbidden\nContent-Type: application/json\n\n{\"error\":\"authorization_pending\"}")]
    [InlineData("HTTP/1.1 428 Precondition Required\nContent-Type: application/json\n\n{\"error\":\"authorization_pending\"}")]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: application/x-www-form-urlencoded\n\nerror=authorization_pending&error_description=Not+yet.")]
    public async Task Pending_is_pending_with_any_status(string pending)
    {
        var signIn = Start(Wire.Json(Device), pending, pending, Given.Token("token"));
        await PollAfterAsync(5);
        await PollAfterAsync(5);
        await PollAfterAsync(5);

        Assert.Equal("token", (await (await signIn).GetTokenAsync()).TokenOf());
    }

    [Theory]
    [InlineData("HTTP/1.1 502 Bad Gateway\nContent-Type: text/html\n\n<h1>gateway", 10)]
    [InlineData("HTTP/1.1 503 Service Unavailable\nRetry-After: 25", 25)]
    [InlineData("HTTP/1.1 429 Too Many Requests\nRetry-After: 30", 30)]
    [InlineData("HTTP/1.1 429 Too Many Requests\nRetry-After: 2", 10)]
    [InlineData("HTTP/1.1 429 Too Many Requests\nRetry-After: 12\nContent-Type: application/json\n\n{\"error\":\"slow_down\"}", 12)]
    [InlineData("HTTP/1.1 500 Internal Server Error\nContent-Type: application/json\n\n{\"error\":\"server_error\"}", 10)]
    [InlineData("HTTP/1.1 408 Request Timeout", 10)]
    public async Task A_failure_in_between_does_not_end_it_and_its_wait_is_kept(string failure, int wait)
    {
        var signIn = Start(Wire.Json(Device), failure, Given.Token("token"));
        await PollAfterAsync(5);
        await PollAfterAsync(wait);

        Assert.Equal("token", (await (await signIn).GetTokenAsync()).TokenOf());
    }

    [Theory]
    [InlineData("503 Service Unavailable", "2147483647")]
    [InlineData("429 Too Many Requests", "Fri, 01 Jan 2100 00:00:00 GMT")]
    public async Task A_wait_without_measure_ends_with_the_code(string status, string retryAfter)
    {
        var signIn = Start(Wire.Json(Device), $"HTTP/1.1 {status}\nRetry-After: {retryAfter}");
        await PollAfterAsync(5);
        await _clock.WaitOfAsync(TimeSpan.FromHours(1));
        _clock.Advance(TimeSpan.FromSeconds(600));

        Assert.Equal("SignInTimeout", (await Assert.ThrowsAsync<OAuthConnectionException>(() => signIn)).ErrorId);
    }

    [Fact]
    public async Task Failures_to_the_end_of_the_code_end_with_it()
    {
        _wire.Answers(Wire.Json(Device)).Otherwise(_ => "HTTP/1.1 500 Internal Server Error");
        var signIn = Start();
        await _clock.WaitOfAsync(TimeSpan.FromSeconds(600));
        _clock.Advance(TimeSpan.FromSeconds(600));

        Assert.Equal("SignInTimeout", (await Assert.ThrowsAsync<OAuthConnectionException>(() => signIn)).ErrorId);
    }

    [Theory]
    [InlineData("authorization_declined", "400 Bad Request", "AccessDenied")]
    [InlineData("authorization_declined", "200 OK", "AccessDenied")]
    [InlineData("access_denied", "500 Internal Server Error", "AccessDenied")]
    [InlineData("expired_token", "200 OK", "SignInTimeout")]
    [InlineData("incorrect_device_code", "200 OK", "RequestRefused")]
    public async Task A_no_ends_it_with_any_status(string error, string status, string errorId)
    {
        var signIn = Start(Wire.Json(Device), Wire.Json($$"""{"error":"{{error}}"}""", status));
        await PollAfterAsync(5);

        Assert.Equal(errorId, (await Assert.ThrowsAsync<OAuthServerException>(() => signIn)).ErrorId);
    }

    [Theory]
    [InlineData("application/json", """{"device_code":"d","user_code":"U","verification_url":"https://login.example.com/device","expires_in":"600","interval":"7"}""", 7)]
    [InlineData("application/json", """{"code":"d","user_code":"U","verification_uri":"https://login.example.com/device","expires_in":420,"interval":0}""", 5)]
    [InlineData("application/json", """{"device_code":"d","user_code":"U","verification_uri":"https://login.example.com/device"}""", 5)]
    [InlineData("application/json", """{"device_code":"d","user_code":"U","verification_uri":"https://login.example.com/device","expires_in":0,"interval":"soon"}""", 5)]
    [InlineData("application/json", """{"device_code":"d","user_code":"U","verification_uri":"https://login.example.com/device","expires_in":null,"interval":[1]}""", 5)]
    [InlineData("application/json", """{"device_code":"d","user_code":"U","verification_uri":"https://login.example.com/device","interval":0.4}""", 5)]
    [InlineData("application/json", """{"device_code":"d","user_code":"U","verification_uri":"https://login.example.com/device","interval":"0.5"}""", 5)]
    [InlineData("text/plain", "device_code=d&user_code=U&verification_uri=https%3A%2F%2Flogin.example.com%2Fdevice&expires_in=900&interval=3", 3)]
    public async Task The_codes_are_read_in_each_dialect(string type, string body, int interval)
    {
        var signIn = Start($"HTTP/1.1 200 OK\nContent-Type: {type}\n\n{body}", Given.Token("token"));
        await PollAfterAsync(interval);
        await signIn;

        Assert.Contains("https://login.example.com/device\n", _prompt.Shown, StringComparison.Ordinal);
        Assert.Contains("device_code=d&", _wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_end_of_the_codes_the_wait_ends_with_the_timeout()
    {
        _wire.Answers(Wire.Json("""{"device_code":"d","user_code":"U","verification_uri":"https://login.example.com/device"}""")).Otherwise(_ => Wire.Json("""{"error":"authorization_pending"}"""));
        var signIn = Start(Request with { SignIn = new() { Timeout = TimeSpan.FromSeconds(3) } });

        // It ends between two polls, so that no answer comes at the same moment.
        await _clock.WaitOfAsync(TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Contains("within 3 s", (await Assert.ThrowsAsync<OAuthConnectionException>(() => signIn)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":"device_flow_disabled","error_description":"Device flow is off for this app."}""", "Device flow is off for this app.")]
    [InlineData("""{"ok":false,"msg":"unknown app"}""", "unknown app")]
    public async Task A_refusal_of_the_first_request_arrives_with_any_status(string body, string words)
    {
        var failure = await Assert.ThrowsAsync<OAuthServerException>(() => Start(Wire.Json(body)));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"device_code":"leaked-code","user_code":"U","verification_uri":"https://h.example/a","verification_uri":"https://evil.example/"}""", "'verification_uri' comes twice")]
    [InlineData("""{"device_code":"leaked-code","user_code":"U","verification_url":"http://h.example/a"}""", "'verification_uri' is not an HTTPS address")]
    [InlineData("""{"device_code":["leaked-code"],"user_code":"U","verification_uri":"https://h.example/a"}""", "'device_code' is missing")]
    [InlineData("device_code=leaked-code&device_code=b&user_code=U&verification_uri=https://h.example", "'device_code' comes twice")]
    public async Task What_is_forged_is_refused(string body, string flaw)
    {
        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => Start(Wire.Json(body)));

        Assert.Contains(flaw, failure.Message, StringComparison.Ordinal);
        NoSecret.In(failure, "leaked-code");
        Assert.Equal("", _prompt.Shown);
    }

    private Task<OAuthSession> Start(params string[] answers) => Start(Request, answers);

    private Task<OAuthSession> Start(ConnectRequest request, params string[] answers) => OAuthConnection.ConnectAsync(
        request, _prompt, new HttpTransport(new HttpMessageInvoker(_wire.Answers(answers)), _clock), _wire.Log).WaitAsync(RawBrowser.Patience);

    private async Task PollAfterAsync(int seconds)
    {
        await _clock.WaitOfAsync(TimeSpan.FromSeconds(seconds));
        _clock.Advance(TimeSpan.FromSeconds(seconds));
    }
}
