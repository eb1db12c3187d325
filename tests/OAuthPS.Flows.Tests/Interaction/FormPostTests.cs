using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>A response in a form that the browser posts to the listener (OAuth 2.0 Form Post Response Mode).</summary>
public class FormPostTests
{
    private const string FromServer = "Origin: https://mycompany.jetbrains.space\nSec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document\n";

    private static readonly Dictionary<string, string> _formPost = new() { ["response_mode"] = "form_post" };

    private static ConnectRequest Request { get; } = SignInRun.Space with { AdditionalParameters = _formPost };

    [Theory]
    [InlineData("application/x-www-form-urlencoded", FromServer)]
    [InlineData("application/x-www-form-urlencoded;charset=UTF-8", FromServer)]
    [InlineData("Application/X-WWW-Form-Urlencoded", "Origin: null\nSec-Fetch-Mode: navigate\n")]
    [InlineData("application/x-www-form-urlencoded", "")]
    public async Task A_posted_form_is_the_response(string contentType, string headers)
    {
        var run = await SignInRun.StartAsync(Request);
        Assert.Equal("form_post", run.Sent("response_mode"));

        var page = await PostAsync(run, $"code=the%2Bcode&state={run.State}&realmId=46", headers, contentType);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", page, StringComparison.Ordinal);
        var session = await run.EndAsync();
        Assert.Equal("46", session.Members["realmId"].Text);
        Assert.Contains("&code=the%2Bcode&", run.Wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_the_implicit_flow_can_be_posted_too()
    {
        var run = await SignInRun.StartAsync(SignInRun.SpaceImplicit with { AdditionalParameters = _formPost });

        await PostAsync(run, $"access_token=implicit-token&token_type=Bearer&state={run.State}");

        Assert.Equal("implicit-token", (await (await run.EndAsync()).GetTokenAsync()).TokenOf());
    }

    [Fact]
    public async Task An_error_in_the_form_ends_the_sign_in_with_its_words()
    {
        var run = await SignInRun.StartAsync(Request);

        var page = await PostAsync(run, $"error=access_denied&error_description=Not+today&state={run.State}");

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", page, StringComparison.Ordinal);
        Assert.Equal("Not today", (await run.FailsAsync<OAuthServerException>()).ErrorDescription);
    }

    [Theory]
    [InlineData("code=forged", "it has no state")]
    [InlineData("code=forged&state=other", "it has the state of another request")]
    [InlineData("code=forged&state={0}&state={0}", "it has the parameter 'state' twice")]
    [InlineData("error=access_denied&error_description=Not+today", "it has no state, and says: access_denied: Not today")]
    [InlineData("", "it has no state")]
    public async Task A_form_without_the_state_is_answered_400_and_the_wait_goes_on(string body, string flaw)
    {
        var run = await SignInRun.StartAsync(Request);

        var page = await PostAsync(run, body.Replace("{0}", run.State, StringComparison.Ordinal));

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", page, StringComparison.Ordinal);
        Assert.Equal($"A response to the sign-in was not accepted: {flaw}. Still waiting for the one to this sign-in.", Assert.Single(run.Wire.Log.Warnings));
        await PostAsync(run, $"code=the-code&state={run.State}");
        await run.EndAsync();
        Assert.Contains("&code=the-code&", run.Wire.LastRequest, StringComparison.Ordinal);
    }

    // A script of another site can post a text that looks like a form, and any page a frame; neither is what a person's browser does.
    [Theory]
    [InlineData("text/plain", "Sec-Fetch-Mode: navigate\n")]
    [InlineData("application/json", "")]
    [InlineData("application/x-www-form-urlencoded", "Sec-Fetch-Mode: no-cors\n")]
    [InlineData("application/x-www-form-urlencoded", "Sec-Fetch-Mode: navigate\nSec-Fetch-Dest: iframe\n")]
    [InlineData("application/x-www-form-urlencoded", "Sec-Purpose: prefetch\n")]
    public async Task What_is_no_form_of_a_page_of_its_own_is_refused_and_told_to_nobody(string contentType, string headers)
    {
        var run = await SignInRun.StartAsync(Request);

        var page = await PostAsync(run, $"code=the-code&state={run.State}", headers, contentType);

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", page, StringComparison.Ordinal);
        Assert.False(run.Session.IsCompleted);
        Assert.Empty(run.Wire.Log.Warnings);
    }

    [Fact]
    public async Task A_form_is_not_taken_where_the_query_was_asked_for()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", await PostAsync(run, $"code=forged&state={run.State}"), StringComparison.Ordinal);

        await run.AnswerWithCodeAsync();
        await run.EndAsync();
        Assert.Contains("&code=the-code&", run.Wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_in_the_query_is_not_taken_where_the_form_was_asked_for()
    {
        var run = await SignInRun.StartAsync(Request);

        await run.AnswerWithCodeAsync();

        var failure = await run.FailsAsync<OAuthProtocolException>();
        Assert.StartsWith("The response to the sign-in stands in the query, and was asked for in the form,", failure.Message, StringComparison.Ordinal);
        Assert.Empty(run.Wire.Requests);
    }

    [Fact]
    public async Task A_form_beyond_64_KiB_is_refused_before_it_is_read()
    {
        var run = await SignInRun.StartAsync(Request);

        var page = await PostAsync(run, $"code=the-code&state={run.State}&x={new string('x', 70_000)}");

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", page, StringComparison.Ordinal);
        Assert.False(run.Session.IsCompleted);
    }

    [Fact]
    public async Task A_second_form_is_refused()
    {
        var run = await SignInRun.StartAsync(Request);
        await PostAsync(run, $"code=the-code&state={run.State}");
        OAuthSession session = await run.EndAsync();

        Assert.True(RawBrowser.IsFree(run.Port));
        Assert.Single(run.Wire.Requests);
        Assert.Equal("token", (await session.GetTokenAsync()).TokenOf());
    }

    private static Task<string> PostAsync(SignInRun run, string body, string headers = FromServer, string contentType = "application/x-www-form-urlencoded") => RawBrowser.SendAsync(
        run.Port, $"POST / HTTP/1.1\nHost: 127.0.0.1:{run.Port}\n{headers}Content-Type: {contentType}\nContent-Length: {body.Length}\n\n{body}");
}
