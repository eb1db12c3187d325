using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>-NoBrowser, and redirect URIs that lead elsewhere: the address is printed, and the response pasted.</summary>
public class PastedResponseTests
{
    private readonly Wire _wire = new Wire().Otherwise(_ => Given.Token("token"));

    private static ConnectRequest Request { get; } = SignInRun.Spacebring with { SignIn = new() { NoBrowser = true, RedirectUri = "https://app.example/cb?tenant=7" } };

    [Theory]
    [InlineData("https://app.example/cb?tenant=7&code=the-code&state={0}")]
    [InlineData("  https://app.example/cb?tenant=7&state={0}&code=the-code \r\n")]
    [InlineData("https://app.example/cb?tenant=7&code=the-code&state={0}#_=_")]
    [InlineData("https://app.example/cb?tenant=7&code=the-code&state={0}#code=another&state={0}")]
    [InlineData("?code=the-code&state={0}")]
    [InlineData("the-code")]
    [InlineData(" the-code\n")]
    public async Task The_address_or_the_bare_code_is_taken(string pasted)
    {
        var session = await PasteAsync(Request, pasted);

        Assert.Equal("token", (await session.GetTokenAsync()).TokenOf());
        Assert.Contains("&code=the-code&", _wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_person_is_told_where_to_go_and_what_to_copy()
    {
        var prompt = new RecordingPrompt(_ => "the-code");
        await OAuthConnection.ConnectAsync(Request, prompt, _wire.Transport, _wire.Log);

        Assert.Equal($"""
            Open this address in a browser and sign in to Spacebring:

            {(await prompt.Url).AbsoluteUri}

            The browser then goes to an address that starts with https://app.example/cb; it is fine when no page opens there. Copy that address.
            """, prompt.Shown);
    }

    [Theory]
    [InlineData("", "is not an address with a response in it")]
    [InlineData("   ", "is not an address with a response in it")]
    [InlineData("what is this", "is not an address with a response in it")]
    [InlineData("https://app.example/cb", "is not an address with a response in it")]
    [InlineData("https://app.example/cb?", "is not an address with a response in it")]
    [InlineData("https://app.example/cb#", "is not an address with a response in it")]
    [InlineData("https://app.example/cb?code=the-code", "has no state")]
    [InlineData("https://app.example/cb?code=the-code&state=old", "has the state of another request")]
    [InlineData("https://app.example/cb?state={0}", "has no code")]
    public async Task What_is_no_answer_is_refused(string pasted, string flaw)
    {
        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => PasteAsync(Request, pasted));

        Assert.Equal("AuthorizationResponseInvalid", failure.ErrorId);
        Assert.Contains(flaw, failure.Message, StringComparison.Ordinal);
        Assert.Empty(_wire.Requests);
        NoSecret.In(failure, "the-code");
    }

    // A page that redirects on keeps the fragment, and may be somebody else's.
    [Theory]
    [InlineData("https://app.example/cb#code=the-code&state={0}")]
    [InlineData("https://app.example/cb?tenant=7#code=the-code&state={0}")]
    [InlineData("#code=the-code&state={0}")]
    public async Task A_code_in_the_fragment_is_refused_where_the_query_was_asked_for(string pasted)
    {
        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => PasteAsync(Request, pasted));

        Assert.StartsWith("The response to the sign-in stands in the fragment, and was asked for in the query,", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_wire.Requests);
        NoSecret.In(failure, "the-code");
    }

    [Theory]
    [InlineData("https://app.example/cb?tenant=7&access_token=the-token&token_type=Bearer&state={0}")]
    [InlineData("?access_token=the-token&token_type=Bearer&state={0}#_=_")]
    public async Task A_token_in_the_query_is_refused_where_the_fragment_was_asked_for(string pasted)
    {
        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => PasteAsync(SignInRun.SpaceImplicit with { SignIn = Request.SignIn }, pasted));

        Assert.StartsWith("The response to the sign-in stands in the query, and was asked for in the fragment,", failure.Message, StringComparison.Ordinal);
        NoSecret.In(failure, "the-token");
    }

    [Fact]
    public async Task A_code_in_the_fragment_is_taken_where_the_request_asked_for_it_there()
    {
        var request = Request with { AdditionalParameters = new Dictionary<string, string> { ["response_mode"] = "fragment" } };

        await PasteAsync(request, "https://app.example/cb?tenant=7#code=the-code&state={0}");

        Assert.Contains("&code=the-code&", _wire.LastRequest, StringComparison.Ordinal);
        await Assert.ThrowsAsync<OAuthProtocolException>(() => PasteAsync(request, "https://app.example/cb?tenant=7&code=the-code&state={0}"));
    }

    [Theory]
    [InlineData("https://app.example/cb?tenant=7#error=access_denied&error_description=No+thanks&state={0}")]
    [InlineData("https://app.example/cb?tenant=7&error=access_denied&error_description=No+thanks&state={0}")]
    public async Task An_error_is_told_wherever_it_stands(string pasted)
    {
        Assert.Equal("AccessDenied", (await Assert.ThrowsAsync<OAuthServerException>(() => PasteAsync(Request, pasted))).ErrorId);
        Assert.Equal(
            "No thanks", (await Assert.ThrowsAsync<OAuthServerException>(() => PasteAsync(SignInRun.SpaceImplicit with { SignIn = Request.SignIn }, pasted))).ErrorDescription);
    }

    // Whoever shows a person a code could be anybody: that is what the signature is for.
    [Theory]
    [InlineData("the-code")]
    [InlineData("https://app.example/cb?code=the-code&state={0}")]
    public async Task Where_a_signed_answer_was_asked_for_a_code_is_not_taken(string pasted)
    {
        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => PasteAsync(Request with { SignIn = Request.SignIn with { SignedResponse = true } }, pasted));

        Assert.Contains("is not signed, though a signed response was asked for", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_wire.Requests);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_that_is_said()
    {
        var failure = await Assert.ThrowsAsync<OAuthUsageException>(() => PasteAsync(Request, null));

        Assert.Equal("SignInNeeded", failure.ErrorId);
        Assert.Equal(OAuthErrorKind.NotSupported, failure.Kind);
    }

    [Fact]
    public async Task A_redirect_URI_elsewhere_is_pasted_and_opened_in_the_browser_all_the_same()
    {
        Uri? opened = null;
        var request = Request with
        {
            SignIn = Request.SignIn with
            {
                NoBrowser = false,
                OpenBrowser = (url, _) =>
                {
                    opened = url;
                    return Task.FromResult(true);
                },
            },
        };

        await PasteAsync(request, "https://app.example/cb?tenant=7&code=the-code&state={0}");

        Assert.Equal("https://app.example/cb?tenant=7", SignInRun.Parameter(opened!, "redirect_uri"));
    }

    [Theory]
    [InlineData("https://app.example/cb?tenant=7#access_token=implicit-token&token_type=Bearer&expires_in=600&state={0}")]
    [InlineData("#state={0}&access_token=implicit-token&token_type=bearer&expires_in=600")]
    public async Task A_token_is_pasted_with_its_address(string pasted)
    {
        var request = SignInRun.SpaceImplicit with { SignIn = Request.SignIn };

        var session = await PasteAsync(request, pasted);

        Assert.Equal("implicit-token", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal(_wire.Clock.GetUtcNow().AddSeconds(600), session.ExpiresAt);
        Assert.Empty(_wire.Requests);
    }

    [Theory]
    [InlineData("implicit-token")]
    [InlineData("\ud800#access_token=t&state=\udc00")]
    public async Task A_token_is_not_taken_by_itself(string pasted) =>
        await Assert.ThrowsAsync<OAuthProtocolException>(() => PasteAsync(SignInRun.SpaceImplicit with { SignIn = Request.SignIn }, pasted));

    private Task<OAuthSession> PasteAsync(ConnectRequest request, string? pasted) => OAuthConnection.ConnectAsync(
        request,
        new RecordingPrompt(url => pasted?.Replace("{0}", SignInRun.Parameter(url, "state"), StringComparison.Ordinal)),
        _wire.Transport,
        _wire.Log).WaitAsync(RawBrowser.Patience);
}
