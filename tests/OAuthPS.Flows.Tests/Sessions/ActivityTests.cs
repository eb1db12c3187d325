using System.Diagnostics;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>What a tracing program hears of the library.</summary>
public sealed class ActivityTests : IDisposable
{
    private const string Refused = "HTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{\"error\":\"invalid_client\",\"error_description\":\"client id\"}";

    private readonly Wire _wire = new();
    private readonly ObservedActivities _observed = new();

    public void Dispose()
    {
        _observed.Dispose();
        _wire.Dispose();
    }

    [Fact]
    public async Task A_connection_and_its_token_request_are_told()
    {
        _wire.Answers(Given.Token("token-1"));

        await _wire.ConnectAsync(Given.Space);

        Assert.Equal(
            [
                "connect > token request: http.request.method=POST, server.address=mycompany.jetbrains.space, server.port=443, http.response.status_code=200",
                "test > connect: oauth.provider=JetBrainsSpace, oauth.flow=ClientCredentials, server.address=mycompany.jetbrains.space, server.port=443",
            ],
            _observed.Lines);
        Assert.Equal([ActivityKind.Client, ActivityKind.Internal], _observed.All.Select(activity => activity.Kind));
    }

    [Fact]
    public async Task A_call_that_the_API_refuses_has_the_renewal_below_it()
    {
        _wire.Answers(Given.Token("token-1"), "HTTP/1.1 401 Unauthorized", Given.Token("token-2"), Wire.Json("{}"));
        var session = await _wire.ConnectAsync(Given.Space);

        await session.SendAsync(new ApiCall { Uri = new Uri("/api/things?key=the-query", UriKind.Relative) });

        const string request = "http.request.method=GET, server.address=mycompany.jetbrains.space, server.port=443, http.response.status_code=";
        Assert.Equal(
            [
                $"API call > API request: {request}401, error.type=401",
                "renewal > token request: http.request.method=POST, server.address=mycompany.jetbrains.space, server.port=443, http.response.status_code=200",
                "API call > renewal: oauth.flow=ClientCredentials",
                $"API call > API request: {request}200",
                $"test > API call: {request}200",
            ],
            _observed.Lines.Skip(2));
    }

    [Fact]
    public async Task A_refusal_is_told_by_the_id_of_its_error_and_by_no_text()
    {
        _wire.Answers(Refused);

        await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Given.Space));

        var connect = _observed.Single("connect");
        Assert.Equal(("InvalidClient", 401), (connect.GetTagItem("error.type"), connect.GetTagItem("http.response.status_code")));
        Assert.All(_observed.All, activity => Assert.Equal((ActivityStatusCode.Error, null), (activity.Status, activity.StatusDescription)));
    }

    [Fact]
    public async Task A_request_without_a_response_has_the_id_of_its_error()
    {
        _wire.Fails(new HttpRequestException(HttpRequestError.SecureConnectionError));

        await Assert.ThrowsAsync<OAuthConnectionException>(() => _wire.ConnectAsync(Given.Space));

        Assert.Equal(["TlsFailure", "TlsFailure"], _observed.All.Select(activity => activity.GetTagItem("error.type")));
    }

    [Fact]
    public async Task A_call_that_is_given_up_is_told_as_cancelled()
    {
        _wire.Answers(Given.Token("token-1")).AnswersAfter(new TaskCompletionSource().Task, Wire.Json("{}"));
        var session = await _wire.ConnectAsync(Given.Space);
        using var stop = new CancellationTokenSource();

        var call = session.SendAsync(new ApiCall { Uri = new Uri("/api/things", UriKind.Relative) }, cancellationToken: stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal("System.OperationCanceledException", _observed.Single("API call").GetTagItem("error.type"));
    }

    [Fact]
    public async Task A_method_that_nobody_knows_is_the_callers_own_text_and_is_not_repeated()
    {
        _wire.Answers(Given.Token("token-1"), Wire.Json("{}"));
        var session = await _wire.ConnectAsync(Given.Space);

        await session.SendAsync(new ApiCall { Uri = new Uri("/api/things", UriKind.Relative), Method = new HttpMethod("S3CRET") });

        Assert.Equal("_OTHER", _observed.Single("API call").GetTagItem("http.request.method"));
        Assert.Equal("_OTHER", _observed.Single("API request").GetTagItem("http.request.method"));
    }

    [Fact]
    public async Task No_activity_has_a_secret_or_the_id_of_the_client()
    {
        string[] secrets = ["the-client", Given.ClientSecret, "token-1", "token-2", "refresh-1", "refresh-2", "the-query", "the-path", "header-key", "body-text", "extra-text"];
        var request = Given.Blynk with
        {
            Client = new("the-client", new Secret(Given.ClientSecret)),
            Headers = new Dictionary<string, string> { ["X-Key"] = "header-key" },
            AdditionalParameters = new Dictionary<string, string> { ["extra"] = "extra-text" },
        };
        _wire.Answers(
            Given.Token("token-1", refreshToken: "refresh-1"), "HTTP/1.1 401 Unauthorized", Given.Token("token-2", refreshToken: "refresh-2"), Wire.Json("{}", "403 token-2"), Refused);
        var session = await _wire.ConnectAsync(request);

        await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(new ApiCall
        {
            Uri = new Uri("/the-path?key=the-query", UriKind.Relative),
            Method = HttpMethod.Put,
            Content = ApiContent.FromText("body-text"),
        }));
        await Assert.ThrowsAsync<OAuthServerException>(() => session.RenewAsync());

        Assert.Equal(9, _observed.All.Count);
        Assert.All(_observed.All, activity =>
        {
            Assert.Empty(activity.Events);
            Assert.Empty(activity.Baggage);
            NoSecret.In($"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)}", secrets);
        });
    }
}

/// <summary>What the activities cost where nobody listens. Beside no test that does.</summary>
[Collection(nameof(UnobservedTests))]
[CollectionDefinition(nameof(UnobservedTests), DisableParallelization = true)]
public sealed class UnobservedTests : IDisposable
{
    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task A_valid_token_costs_no_allocation_and_nobody_is_told_of_it()
    {
        _wire.Answers(Given.Token("token-1"));
        var session = await _wire.ConnectAsync(Given.Space);
        Assert.False(OAuthActivity.IsObserved);
        await session.GetTokenAsync();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            await session.GetTokenAsync();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
