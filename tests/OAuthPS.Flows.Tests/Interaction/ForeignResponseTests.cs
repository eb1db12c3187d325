using System.Text.Json.Nodes;
using OAuthPS.Flows.Tests.Identity;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>Any page can send a browser to the listener's port. Only a response that knows the request's state ends the wait.</summary>
public class ForeignResponseTests
{
    [Theory]
    [InlineData("code=the-code", "has no state")]
    [InlineData("code=the-code&state=", "has the state of another request")]
    [InlineData("code=the-code&state=another", "has the state of another request")]
    [InlineData("code=the-code&state={0}x", "has the state of another request")]
    [InlineData("code=the-code&state={0}&state={0}", "has the parameter 'state' twice")]
    [InlineData("code=the-code&state={0}&state=another", "has the parameter 'state' twice")]
    [InlineData("code=the-code&State={0}", "has no state")]
    [InlineData("error=access_denied&state=another", "has the state of another request")]
    [InlineData("error=a&error=b&state=another", "has the state of another request")]
    [InlineData("response=the-code", "has no state")]
    [InlineData("x", "has no state")]
    public async Task An_answer_without_the_state_is_answered_400_and_the_wait_goes_on(string parameters, string flaw)
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);
        parameters = parameters.Replace("{0}", run.State, StringComparison.Ordinal);

        var page = await run.AnswerAsync(parameters);

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", page, StringComparison.Ordinal);
        Assert.Contains("This response is not the one that the program waits for.", page, StringComparison.Ordinal);
        Assert.Equal([$"A response to the sign-in was not accepted: it {flaw}. Still waiting for the one to this sign-in."], run.Wire.Log.Warnings);
        Assert.Empty(run.Wire.Requests);
        NoSecret.In(run.Wire.Log, "the-code", run.State);
        NoSecret.In(page, "the-code", run.State);
        await LoopbackListenerTests.SignsInAsync(run);
    }

    [Theory]
    [InlineData("Sec-Fetch-Mode: navigate\nSec-Fetch-Dest: iframe\n")]
    [InlineData("Sec-Fetch-Mode: navigate\nSec-Fetch-Dest: frame\n")]
    [InlineData("Sec-Fetch-Mode: navigate\nSec-Fetch-Dest: object\n")]
    [InlineData("Sec-Fetch-Mode: nested-navigate\n")]
    [InlineData("Sec-Fetch-Mode: no-cors\nSec-Fetch-Dest: image\n")]
    [InlineData("Sec-Fetch-Dest: empty\n")]
    [InlineData("Sec-Fetch-Mode: navigate\nSec-Fetch-Dest: document\nSec-Purpose: prefetch\n")]
    [InlineData("Sec-Purpose: prefetch;prerender\n")]
    [InlineData("Purpose: prefetch\n")]
    [InlineData("X-Moz: prefetch\n")]
    [InlineData("X-Purpose: preview\n")]
    [InlineData("Sec-Fetch-Mode: navigate\nSec-Fetch-Mode: navigate\n")]
    public async Task What_is_no_page_of_its_own_is_answered_400_also_with_the_state(string headers)
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        var response = await RawBrowser.GetAsync(run.Port, $"/?code=forged&state={run.State}", headers);

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", response, StringComparison.Ordinal);
        Assert.Empty(run.Wire.Log.Warnings);
        await LoopbackListenerTests.SignsInAsync(run);
    }

    [Fact]
    public async Task A_page_that_a_person_goes_to_is_taken_with_all_that_a_browser_says()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        var response = await RawBrowser.GetAsync(
            run.Port,
            $"/?code=the-code&state={run.State}",
            "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-User: ?1\nSec-Fetch-Dest: document\nCookie: a=1\nCookie: b=2\nAccept: text/html\nAccept: */*\n");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", response, StringComparison.Ordinal);
        await run.EndAsync();
    }

    // Some servers forget the state where they refuse; the words may as well be anybody's, so they end nothing.
    [Fact]
    public async Task The_reason_of_an_error_without_state_is_said_at_once_and_when_the_time_is_over()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        await run.AnswerAsync("error=access_denied&error_description=The+user+said+no");

        Assert.Equal(
            ["A response to the sign-in was not accepted: it has no state, and says: access_denied: The user said no. Still waiting for the one to this sign-in."],
            run.Wire.Log.Warnings);
        Assert.False(run.Session.IsCompleted);
        run.Wire.Clock.Advance(TimeSpan.FromMinutes(5));
        var failure = await run.FailsAsync<OAuthConnectionException>();
        Assert.Equal("SignInTimeout", failure.ErrorId);
        Assert.Equal(
            "Nobody signed in within 300 s. A response came and was not accepted: it has no state, and says: access_denied: The user said no.",
            failure.WhatHappened);
    }

    [Fact]
    public async Task What_an_error_without_state_says_is_clean_masked_and_short()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space with { AdditionalParameters = new Dictionary<string, string> { ["api_key"] = "k3y-of-mine-0123456789" } });

        var page = await run.AnswerAsync($"error=x%1B%5B2J&error_description=k3y-of-mine-0123456789+the-code+a%0D%0Ab%E2%80%AEc{new string('z', 5000)}&code=the-code");

        run.Wire.Clock.Advance(TimeSpan.FromMinutes(5));
        var failure = await run.FailsAsync<OAuthConnectionException>();
        NoSecret.In($"{failure}\n{page}\n{run.Wire.Log.Text}", "k3y-of-mine-0123456789", "the-code");
        Assert.InRange(failure.WhatHappened.Length, 200, 500);
        Assert.DoesNotContain(failure.Message + string.Join("", run.Wire.Log.Warnings), character => char.IsControl(character) || character == '\u202E');
    }

    [Fact]
    public async Task A_page_that_knocks_on_and_on_is_told_of_once()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        for (var time = 0; time < 20; time++)
            await run.AnswerAsync($"error=e{time}");

        Assert.Single(run.Wire.Log.Warnings);
        run.Wire.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.EndsWith("and says: e19.", (await run.FailsAsync<OAuthConnectionException>()).WhatHappened, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("access_token=forged&token_type=Bearer", "has no state")]
    [InlineData("access_token=forged&token_type=Bearer&state=other", "has the state of another request")]
    [InlineData("access_token=forged&state={0}&state={0}", "has the parameter 'state' twice")]
    public async Task A_fragment_without_the_state_is_answered_400_and_the_wait_goes_on(string fragment, string flaw)
    {
        var run = await SignInRun.StartAsync(SignInRun.SpaceImplicit);

        var page = await ImplicitSignInTests.PostAsync(run, fragment.Replace("{0}", run.State, StringComparison.Ordinal));

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", page, StringComparison.Ordinal);
        Assert.Equal($"A response to the sign-in was not accepted: it {flaw}. Still waiting for the one to this sign-in.", run.Wire.Log.Warnings[^1]);
        await ImplicitSignInTests.PostAsync(run, $"access_token=implicit-token&token_type=Bearer&state={run.State}");
        Assert.Equal("implicit-token", (await (await run.EndAsync()).GetTokenAsync()).TokenOf());
    }

    // Where the response is signed the state is in it. A forged one does not know it, and costs no request for the server's keys.
    [Theory]
    [InlineData("another")]
    [InlineData(null)]
    public async Task A_signed_answer_without_the_state_ends_nothing(string? state)
    {
        var wire = new Wire().Otherwise(request => request.StartsWith("GET", StringComparison.Ordinal)
            ? Wire.Json(new JsonObject { ["keys"] = new JsonArray(SigningKey.Rsa.Jwk()) }.ToJsonString()) : Given.Token("token"));
        var run = await SignInRun.StartAsync(
            SignInRun.Space with { Provider = Given.Space.Provider with { Issuer = null, JwksEndpoint = "/keys", SignsAuthorizationResponse = true } }, wire: wire);

        var page = await run.AnswerAsync($"response={SigningKey.OtherRsa.Sign(Claims(wire, state), "RS256")}");

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", page, StringComparison.Ordinal);
        Assert.Empty(wire.Requests);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await run.AnswerAsync($"response={SigningKey.Rsa.Sign(Claims(wire, run.State), "RS256")}"), StringComparison.Ordinal);
        Assert.Equal("token", (await (await run.EndAsync()).GetTokenAsync()).TokenOf());
    }

    private static JsonObject Claims(Wire wire, string? state)
    {
        var claims = new JsonObject
        {
            ["iss"] = "https://mycompany.jetbrains.space",
            ["aud"] = Given.ClientId,
            ["exp"] = wire.Clock.GetUtcNow().ToUnixTimeSeconds() + 600,
            ["code"] = "the-code",
        };
        if (state is not null)
            claims["state"] = state;
        return claims;
    }
}
