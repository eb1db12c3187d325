using OAuthPS.Flows.Flows;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>Answers that reach the listener: which are taken, and what is said of the others.</summary>
public class AuthorizationResponseTests
{
    private const string Issuer = "https://login.example.com";

    [Theory]
    [InlineData("code=the-code&code=other&state={0}", "has the parameter 'code' twice")]
    [InlineData("state={0}", "has no code")]
    [InlineData("code=&state={0}", "has no code")]
    public async Task An_answer_that_knows_the_state_and_is_not_whole_ends_the_sign_in(string parameters, string flaw)
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);
        parameters = parameters.Replace("{0}", run.State, StringComparison.Ordinal);

        var page = await run.AnswerAsync(parameters);

        var failure = await run.FailsAsync<OAuthProtocolException>();
        Assert.Equal("AuthorizationResponseInvalid", failure.ErrorId);
        Assert.Equal($"The response to the sign-in {flaw}, so it is not taken for a response to this one. Start again; use the newest page only, and the whole address when it is pasted.", failure.Message);
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", page, StringComparison.Ordinal);
        Assert.Empty(run.Wire.Requests);
        NoSecret.In(failure, "the-code", run.State);
        NoSecret.In(run.Wire.Log, "the-code", run.State);
        NoSecret.In(page, "the-code", run.State);
        Assert.True(RawBrowser.IsFree(run.Port));
    }

    [Fact]
    public async Task A_person_who_says_no_is_told_so()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        await run.AnswerAsync($"error=access_denied&error_description=The+user+said+no&state={run.State}");

        var failure = await run.FailsAsync<OAuthServerException>();
        Assert.Equal("AccessDenied", failure.ErrorId);
        Assert.Equal(OAuthErrorKind.Permission, failure.Kind);
        Assert.Equal("access_denied", failure.Error);
        Assert.Equal("The provider refused the sign-in. It says: access_denied: The user said no.", failure.WhatHappened);
    }

    [Fact]
    public async Task A_provider_that_repeats_what_it_was_asked_with_is_shown_without_it()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space with { AdditionalParameters = new Dictionary<string, string> { ["api_key"] = "k3y-of-mine" } });

        var page = await run.AnswerAsync($"error=invalid_request&error_description=unknown+api_key+k3y-of-mine&state={run.State}");

        var failure = await run.FailsAsync<OAuthServerException>();
        Assert.Equal("unknown api_key ***", failure.ErrorDescription);
        NoSecret.In($"{failure}\n{page}\n{run.Wire.Log.Text}", "k3y-of-mine");
    }

    [Fact]
    public async Task What_a_provider_says_cannot_command_a_terminal()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        await run.AnswerAsync($"error=x%1B%5B2J&error_description=a%0D%0Ab%E2%80%AEc&state={run.State}");

        var failure = await run.FailsAsync<OAuthServerException>();
        Assert.DoesNotContain(failure.Message, character => char.IsControl(character) || character == '\u202E');
    }

    [Theory]
    [InlineData(true, "", false)]
    [InlineData(true, "&iss=https%3A%2F%2Fother.example.com", false)]
    [InlineData(true, "&iss=https%3A%2F%2Flogin.example.com%2F", false)]
    [InlineData(true, "&iss=https%3A%2F%2Flogin.example.com", true)]
    [InlineData(false, "", true)]
    [InlineData(false, "&iss=https%3A%2F%2Flogin.example.com", true)]
    [InlineData(false, "&iss=https%3A%2F%2Fother.example.com", false)]
    public async Task The_issuer_of_an_answer_must_be_the_one_asked_and_be_there_when_announced(bool announced, string iss, bool isTaken)
    {
        var wire = new Wire().Otherwise(request => request.Contains(".well-known", StringComparison.Ordinal)
            ? Wire.Json($$"""
                {"issuer":"{{Issuer}}","authorization_endpoint":"{{Issuer}}/authorize","token_endpoint":"{{Issuer}}/token",
                "authorization_response_iss_parameter_supported":{{(announced ? "true" : "false")}}}
                """)
            : Given.Token("token"));
        var run = await SignInRun.StartAsync(
            new ConnectRequest { Provider = new() { Name = "Example", Issuer = Issuer }, Client = Given.Client, Flow = OAuthPS.Flows.Providers.OAuthFlow.AuthorizationCode }, wire: wire);

        await run.AnswerAsync($"code=the-code&state={run.State}{iss}");

        if (isTaken)
        {
            await run.EndAsync();
            return;
        }

        var failure = await run.FailsAsync<OAuthProtocolException>();
        Assert.StartsWith("The response to the sign-in is of another issuer (iss),", failure.Message, StringComparison.Ordinal);
        Assert.Single(wire.Requests);
    }
}
