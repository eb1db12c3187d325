namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>The implicit flow by the loopback page, which posts its own fragment back.</summary>
public class ImplicitSignInTests
{
    [Fact]
    public async Task The_page_comes_first_and_the_fragment_after_it()
    {
        var run = await SignInRun.StartAsync(SignInRun.SpaceImplicit with { Scope = ["**"] });

        var page = await RawBrowser.GetAsync(run.Port, "/");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", page, StringComparison.Ordinal);
        Assert.Contains("location.hash.slice(1)", page, StringComparison.Ordinal);
        Assert.False(run.Session.IsCompleted);
        var response = await PostAsync(run, $"access_token=implicit-token&token_type=Bearer&expires_in=600&scope=**&state={run.State}");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", response, StringComparison.Ordinal);
        Assert.DoesNotContain("implicit-token", response, StringComparison.Ordinal);
        var session = await run.EndAsync();
        Assert.Equal("implicit-token", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal(run.Wire.Clock.GetUtcNow().AddSeconds(600), session.ExpiresAt);
        Assert.Empty(run.Wire.Requests);
        Assert.True(RawBrowser.IsFree(run.Port));
        NoSecret.In(run.Wire.Log, "implicit-token", run.State);
    }

    [Theory]
    [InlineData("access_token=&token_type=Bearer&state={0}", "'access_token' is missing")]
    [InlineData("token_type=Bearer&state={0}", "'access_token' is missing")]
    [InlineData("access_token=t%0Aoken&token_type=Bearer&state={0}", "'access_token' has characters that no token has")]
    [InlineData("access_token=implicit-token&token_type=bot&state={0}", "of the type 'bot'")]
    [InlineData("access_token=implicit-token&token_type=mac&state={0}", "of the type 'mac'")]
    [InlineData("access_token=implicit-token&access_token=other&state={0}", "has the parameter 'access_token' twice")]
    public async Task A_fragment_that_is_no_answer_is_refused(string fragment, string flaw)
    {
        var run = await SignInRun.StartAsync(SignInRun.SpaceImplicit);

        var page = await PostAsync(run, fragment.Replace("{0}", run.State, StringComparison.Ordinal));

        var failure = await run.FailsAsync<OAuthProtocolException>();
        Assert.Contains(flaw, failure.Message, StringComparison.Ordinal);
        NoSecret.In(failure, "implicit-token", run.State);
        NoSecret.In(page, "implicit-token", run.State);
    }

    [Fact]
    public async Task An_error_is_taken_from_the_fragment_and_from_the_query()
    {
        var fragment = await SignInRun.StartAsync(SignInRun.SpaceImplicit);
        await PostAsync(fragment, $"error=access_denied&state={fragment.State}");
        Assert.Equal("AccessDenied", (await fragment.FailsAsync<OAuthServerException>()).ErrorId);

        var query = await SignInRun.StartAsync(SignInRun.SpaceImplicit);
        await query.AnswerAsync($"error=access_denied&state={query.State}");
        Assert.Equal("AccessDenied", (await query.FailsAsync<OAuthServerException>()).ErrorId);
    }

    // A token in the query has been in the logs of whatever stands between, and was not asked for there.
    [Fact]
    public async Task A_token_in_the_query_is_refused()
    {
        var run = await SignInRun.StartAsync(SignInRun.SpaceImplicit);

        await run.AnswerAsync($"access_token=implicit-token&token_type=Bearer&state={run.State}");

        var failure = await run.FailsAsync<OAuthProtocolException>();
        Assert.StartsWith("The response to the sign-in stands in the query, and was asked for in the fragment,", failure.Message, StringComparison.Ordinal);
        NoSecret.In(failure, "implicit-token", run.State);
    }

    [Fact]
    public async Task An_answer_with_the_state_and_nothing_else_is_refused()
    {
        var run = await SignInRun.StartAsync(SignInRun.SpaceImplicit);

        await run.AnswerAsync($"state={run.State}");

        Assert.Equal("AuthorizationResponseInvalid", (await run.FailsAsync<OAuthProtocolException>()).ErrorId);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://localhost:{0}")]
    [InlineData("https://127.0.0.1:{0}")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task Only_the_page_itself_may_post(string? origin)
    {
        var run = await SignInRun.StartAsync(SignInRun.SpaceImplicit);
        origin = origin?.Replace("{0}", $"{run.Port}", StringComparison.Ordinal);

        var response = await PostAsync(run, $"access_token=forged&token_type=Bearer&state={run.State}", origin is null ? "" : $"Origin: {origin}\n");

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", response, StringComparison.Ordinal);
        await PostAsync(run, $"access_token=implicit-token&token_type=Bearer&state={run.State}");
        Assert.Equal("implicit-token", (await (await run.EndAsync()).GetTokenAsync()).TokenOf());
    }

    [Fact]
    public async Task A_redirect_URI_with_a_path_and_a_query_works_too()
    {
        var run = await SignInRun.StartAsync(SignInRun.SpaceImplicit, "http://localhost:0/callback?tenant=7");

        Assert.Contains("location.hash", await RawBrowser.GetAsync(run.Port, "/callback?tenant=7"), StringComparison.Ordinal);
        await RawBrowser.SendAsync(run.Port, Request(run, "/callback", $"access_token=t&state={run.State}", $"Origin: http://localhost:{run.Port}\n"));

        await run.EndAsync();
    }

    internal static Task<string> PostAsync(SignInRun run, string body, string? headers = null) =>
        RawBrowser.SendAsync(run.Port, Request(run, "/", body, headers ?? $"Origin: http://127.0.0.1:{run.Port}\nSec-Fetch-Mode: cors\n"));

    private static string Request(SignInRun run, string path, string body, string headers) =>
        $"POST {path} HTTP/1.1\nHost: 127.0.0.1:{run.Port}\n{headers}Content-Type: application/x-www-form-urlencoded\nContent-Length: {body.Length}\n\n{body}";
}
