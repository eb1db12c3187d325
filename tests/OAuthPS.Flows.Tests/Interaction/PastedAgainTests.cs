using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>People copy too much, too little, or the wrong page: what can be understood is taken, else they are asked again.</summary>
public class PastedAgainTests
{
    private readonly Wire _wire = new Wire().Otherwise(_ => Given.Token("token"));

    private static ConnectRequest Request { get; } = SignInRun.Spacebring with { SignIn = new() { NoBrowser = true, RedirectUri = "http://localhost/cb" } };

    [Theory]
    [InlineData("\"http://localhost/cb?code=the-code&state={0}\"")]
    [InlineData("'http://localhost/cb?code=the-code&state={0}'")]
    [InlineData("<http://localhost/cb?code=the-code&state={0}>")]
    [InlineData("\u201Chttp://localhost/cb?code=the-code&state={0}\u201D")]
    [InlineData(" `\"http://localhost/cb?code=the-code&state={0}\"` ")]
    [InlineData("http://localhost/cb?code=the-\r\n   code&state={0}")]
    [InlineData("http://localhost/cb?code=the-code\n&state=\n{0}\n")]
    [InlineData("localhost/cb?code=the-code&state={0}")]
    [InlineData("localhost:8400/cb?state={0}&code=the-code")]
    [InlineData("code=the-code&state={0}")]
    [InlineData("state={0}&code=the-code")]
    [InlineData("\"the-code\"")]
    public async Task What_copying_adds_or_leaves_out_does_not_matter(string pasted)
    {
        await PasteAsync(Request, pasted);

        Assert.Contains("&code=the-code&", _wire.LastRequest, StringComparison.Ordinal);
        Assert.Empty(_wire.Log.Warnings);
    }

    // A prompt ends at a line break, so what is broken over lines comes one line at a time.
    [Theory]
    [InlineData("http://localhost/cb?code=the-|code&state={0}")]
    [InlineData("http://localhost/cb?code=th|e-co|de&state={0}")]
    [InlineData("http://localhost/cb?code=the-code&st|ate={0}")]
    [InlineData("http://localhost/cb?code=the-code&state=|{0}")]
    [InlineData("http://localhost/cb?|code=the-code&state={0}")]
    [InlineData("\"http://localhost/cb?code=the-code|&state={0}\"")]
    public async Task An_address_that_comes_line_by_line_is_put_together(string lines)
    {
        await PasteAsync(Request, lines.Split('|'));

        Assert.Contains("&code=the-code&", _wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wrong_page_is_told_and_asked_again_three_times()
    {
        var session = await PasteAsync(
            Request,
            "https://api.spacebring.com/oauth2/authorize?response_type=code&client_id=client+id&state={0}",
            "https://api.spacebring.com/login",
            "http://localhost/cb?code=old-code&state=of-yesterday",
            "http://localhost/cb?code=the-code&state={0}");

        Assert.Equal("token", (await session.GetTokenAsync()).TokenOf());
        Assert.Contains("&code=the-code&", Assert.Single(_wire.Requests), StringComparison.Ordinal);
        const string Next = "so it is not taken for a response to this one. Paste the whole address at which the browser has ended: it starts with http://localhost/cb.";
        Assert.Equal(
            [
                $"The response to the sign-in has no code, {Next}",
                $"The response to the sign-in is not an address with a response in it, {Next}",
                $"The response to the sign-in has the state of another request, {Next}",
            ],
            _wire.Log.Warnings);
        NoSecret.In(_wire.Log, "old-code", "of-yesterday");
    }

    [Fact]
    public async Task A_fourth_wrong_one_is_the_end()
    {
        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(
            () => PasteAsync(Request, "x y", "x y", "x y", "http://localhost/cb?code=c&state=old", "http://localhost/cb?code=the-code&state={0}"));

        Assert.Equal("AuthorizationResponseInvalid", failure.ErrorId);
        Assert.Contains("has the state of another request", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, _wire.Log.Warnings.Count);
        Assert.Empty(_wire.Requests);
    }

    [Fact]
    public async Task Who_goes_away_after_a_wrong_one_is_told_of_it()
    {
        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => PasteAsync(Request, "http://localhost/cb?code=c&state=old", null));

        Assert.Contains("has the state of another request", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reason_of_an_error_without_state_is_shown()
    {
        await PasteAsync(Request, "http://localhost/cb?error=access_denied&error_description=Ask+the+owner%1b%5b2J", "the-code");

        Assert.StartsWith(
            "The response to the sign-in has no state (it says: access_denied: Ask the owner", Assert.Single(_wire.Log.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain(_wire.Log.Warnings[0], char.IsControl);
    }

    // A refusal of the server's is no wrong page.
    [Fact]
    public async Task A_refusal_with_the_state_ends_the_sign_in_at_once()
    {
        var failure = await Assert.ThrowsAsync<OAuthServerException>(
            () => PasteAsync(Request, "http://localhost/cb?error=access_denied&state={0}", "http://localhost/cb?code=the-code&state={0}"));

        Assert.Equal("AccessDenied", failure.ErrorId);
        Assert.Empty(_wire.Log.Warnings);
    }

    // A piece of an address must not go to the server as a code.
    [Fact]
    public async Task The_middle_of_an_address_is_not_taken_for_a_code()
    {
        await PasteAsync(Request, "http://localhost/cb?code=AAAA", "BBBB", "the-middle", "http://localhost/cb?code=the-code&state={0}");

        Assert.Contains("&code=the-code&", Assert.Single(_wire.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_pasted_is_bounded()
    {
        var pasted = new PastedResponse(new AuthorizationRequest(new Uri("https://h.example/authorize"), "code", "the-client", "http://localhost/cb"));

        Assert.Equal("", pasted.Add("http://localhost/cb?code=" + new string('x', 100_000)));
    }

    [Fact]
    public void Whatever_is_pasted_comes_back_as_a_part_of_itself()
    {
        const int Seed = 20260106;
        string[] pieces = ["http://localhost/cb?", "code=", "&", "state=", "STATE", "\"", "'", "<", ">", "\n", "\r\n", " ", "#", "?", "://", "\ud800", "x"];
        var random = new Random(Seed);
        for (var number = 0; number < 5_000; number++)
        {
            var request = new AuthorizationRequest(new Uri("https://h.example/authorize"), "code", "the-client", "http://localhost/cb");
            var pasted = new PastedResponse(request);
            var all = "";
            for (var line = 0; line < 4; line++)
            {
                var text = string.Concat(random.GetItems(pieces, random.Next(8))).Replace("STATE", request.State, StringComparison.Ordinal);
                all += text.Trim();
                var taken = pasted.Add(text);
                Assert.True(string.Concat(all.Where(Matters)).Contains(string.Concat(taken.Where(Matters)), StringComparison.Ordinal), $"Seed {Seed}, number {number}: {taken}");
                Assert.DoesNotContain(taken, character => character is '\r' or '\n');
            }
        }

        static bool Matters(char character) => !char.IsWhiteSpace(character) && character is not ('"' or '\'' or '<' or '>');
    }

    private async Task<OAuthSession> PasteAsync(ConnectRequest request, params string?[] lines)
    {
        var number = 0;
        return await OAuthConnection.ConnectAsync(
            request,
            new RecordingPrompt(url => lines[number++]?.Replace("{0}", SignInRun.Parameter(url, "state"), StringComparison.Ordinal)),
            _wire.Transport,
            _wire.Log).WaitAsync(RawBrowser.Patience);
    }
}
