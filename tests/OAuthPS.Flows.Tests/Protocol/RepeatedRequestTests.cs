using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.Tests.ClientAuthentication;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>What is tried again by itself, when, and what must not be.</summary>
public sealed class RepeatedRequestTests : IDisposable
{
    private const string Busy = "HTTP/1.1 503 Service Unavailable";

    private readonly Wire _wire = new();

    public static TheoryData<ConnectRequest> SafeToRepeat => new()
    {
        Given.Blynk,
        Given.SpatiaFi,
        Given.Space with { Inputs = [Given.User], Scope = ["**"] },
        new ConnectRequest { Provider = BuiltInProviders.Get("SpatiaFi"), Inputs = [Given.User] },
        Given.Space with { Inputs = [new GivenRefreshToken(new Secret("reusable"))], Scope = ["**"] },
    };

    public static TheoryData<ConnectRequest> NotSafeToRepeat => new()
    {
        Given.Blynk with { Inputs = [new GivenRefreshToken(new Secret("one-time"))] },
        Given.SpacebringCode,
        new ConnectRequest
        {
            Provider = new OAuthProvider
            {
                Name = "nobody-says", ServiceUrl = new Uri("https://x.example"), TokenEndpoint = "/token",
                Flows = [OAuthFlow.RefreshToken], ClientAuthentications = [ClientAuthenticationMethod.Basic],
            },
            Client = Given.Client,
            Inputs = [new GivenRefreshToken(new Secret("rotated or not"))],
        },
    };

    public void Dispose() => _wire.Dispose();

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("502 Bad Gateway")]
    [InlineData("503 Service Unavailable")]
    [InlineData("503 Service Unavailable\nRetry-After: 30")]
    [InlineData("503 Service Unavailable\nRetry-After: Fri, 02 Jan 2026 03:04:15 GMT")]
    [InlineData("429 Too Many Requests\nRetry-After: 0")]
    [InlineData("429 Too Many Requests\nRetry-After: 2")]
    public async Task A_server_that_fails_for_the_moment_is_asked_again(string status)
    {
        _wire.Answers($"HTTP/1.1 {status}", Given.Token("t"));

        Assert.Equal("t", (await (await ConnectAsync(Given.Blynk)).GetTokenAsync()).TokenOf());

        Assert.Equal(2, _wire.Requests.Count);
        Assert.Equal(_wire.Requests[0], _wire.Requests[1]);
    }

    [Fact]
    public async Task A_server_that_nobody_reached_is_asked_again()
    {
        _wire.Fails(new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused")).Answers(Given.Token("t"));

        await ConnectAsync(Given.Blynk);

        Assert.Contains("No connection to https://fra1.blynk.cloud for the token request. Trying again in 0.5 s.", _wire.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SafeToRepeat))]
    public async Task Every_grant_that_uses_nothing_up_is_repeated_twice_at_most(ConnectRequest request)
    {
        _wire.Otherwise(_ => Busy);

        await Assert.ThrowsAsync<OAuthServerException>(() => ConnectAsync(request));

        Assert.Equal(3, _wire.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(NotSafeToRepeat))]
    public async Task What_a_server_may_have_used_up_already_is_sent_once(ConnectRequest request)
    {
        foreach (var response in new[] { Busy, "HTTP/1.1 500 Oops", $"{Busy}\nRetry-After: 1", "HTTP/1.1 429 Too Many Requests\nRetry-After: 1" })
        {
            var wire = new Wire().Answers(response);
            await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(request));
            Assert.Single(wire.Requests);
        }
    }

    [Fact]
    public async Task A_revocation_is_sent_once()
    {
        _wire.Answers(Given.Token("t", refreshToken: "r"), Busy);
        var session = await _wire.ConnectAsync(Given.SpacebringCode);

        await Assert.ThrowsAsync<OAuthServerException>(() => session.RevokeAsync());

        Assert.Equal(2, _wire.Requests.Count);
    }

    [Theory]
    [InlineData("400 Bad Request\nRetry-After: 1")]
    [InlineData("401 Unauthorized\nRetry-After: 1")]
    [InlineData("403 Forbidden\nRetry-After: 1")]
    [InlineData("404 Not Found\nRetry-After: 1")]
    [InlineData("408 Request Timeout\nRetry-After: 1")]
    [InlineData("429 Too Many Requests")]
    [InlineData("429 Too Many Requests\nRetry-After: 31")]
    [InlineData("501 Not Implemented")]
    [InlineData("503 Service Unavailable\nRetry-After: 31")]
    [InlineData("200 OK")]
    public async Task Any_other_answer_is_final(string status)
    {
        _wire.Answers($"HTTP/1.1 {status}");

        await Assert.ThrowsAnyAsync<OAuthException>(() => _wire.ConnectAsync(Given.Blynk));

        Assert.Single(_wire.Requests);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.InvalidResponse)]
    public async Task A_failure_on_the_way_that_will_not_pass_or_may_have_sent_something_is_final(HttpRequestError error)
    {
        _wire.Fails(new HttpRequestException(error, "no"));

        await Assert.ThrowsAnyAsync<OAuthException>(() => _wire.ConnectAsync(Given.Blynk));

        Assert.Single(_wire.Requests);
    }

    [Fact]
    public async Task Each_try_has_a_client_assertion_of_its_own()
    {
        _wire.Answers(Busy, Busy, Given.Token("t"));

        await ConnectAsync(Given.SpatiaFi);

        Assert.Equal(3, _wire.Requests.Select(request => SentAssertion.Of(request).Claims.GetProperty("jti").GetString()).Distinct().Count());
    }

    [Theory]
    [InlineData(0, "0.3", "0.5")]
    [InlineData(1, "0.5", "1")]
    public async Task The_waits_double_and_half_of_each_is_chance(double chance, string first, string second)
    {
        _wire.Chance.Value = chance;
        _wire.Answers(Busy, Busy, Given.Token("t"));

        await ConnectAsync(Given.Blynk);

        Assert.Contains($"The token request was answered 503; trying again in {first} s.", _wire.Log.Text, StringComparison.Ordinal);
        Assert.Contains($"The token request was answered 503; trying again in {second} s.", _wire.Log.Text, StringComparison.Ordinal);
        Assert.Empty(_wire.Log.Warnings);
    }

    [Fact]
    public async Task A_wait_that_the_server_asks_for_is_kept_and_told_as_a_warning()
    {
        _wire.Answers($"{Busy}\nRetry-After: 20", Given.Token("t"));
        var connecting = _wire.ConnectAsync(Given.Blynk);

        _wire.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Single(_wire.Requests);
        await _wire.PassTimeUntilAsync(connecting);

        Assert.Equal(["The token request was answered 503; trying again in 20.5 s."], _wire.Log.Warnings);
    }

    [Fact]
    public async Task A_wait_ends_at_once_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        _wire.Answers($"{Busy}\nRetry-After: 30");
        var connecting = _wire.ConnectAsync(Given.Blynk, source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.Single(_wire.Requests);
    }

    [Fact]
    public async Task The_lifetime_of_a_token_counts_from_the_try_that_brought_it()
    {
        _wire.Answers($"{Busy}\nRetry-After: 30", Given.Token("t", expiresIn: 100));

        var session = await ConnectAsync(Given.Blynk);

        Assert.InRange(session.ExpiresAt!.Value, _wire.Clock.GetUtcNow().AddSeconds(98), _wire.Clock.GetUtcNow().AddSeconds(100));
    }

    [Fact]
    public async Task Metadata_and_keys_are_asked_for_again()
    {
        _wire.Answers(Busy, Wire.Json("""{"issuer":"https://login.example"}"""), Busy, Wire.Json("""{"keys":[{"kty":"RSA","kid":"1"}]}"""));

        var metadata = await _wire.PassTimeUntilAsync(Server.Discovery.Of(_wire.Transport).GetAsync("https://login.example"));
        var key = await _wire.PassTimeUntilAsync(KeySet.At(_wire.Transport, new Uri("https://login.example/keys")).FindAsync("1", "RS256", _wire.Log, CancellationToken.None));

        Assert.Equal(("https://login.example", """{"kty":"RSA","kid":"1"}"""), (metadata.Issuer, key?.GetRawText()));
        Assert.Equal(4, _wire.Requests.Count);
    }

    private Task<OAuthSession> ConnectAsync(ConnectRequest request) => _wire.PassTimeUntilAsync(_wire.ConnectAsync(request));
}
