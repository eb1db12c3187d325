using System.Text.Json.Nodes;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.Tests.Identity;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>Answers to a sign-in that the server has signed (JARM), where the token itself is in the fragment.</summary>
public sealed class SignedResponseTests : IDisposable
{
    private readonly Wire _wire = new();

    private static ConnectRequest Request { get; } = SignInRun.SpaceImplicit with
    {
        Provider = Given.Space.Provider with { Issuer = null, JwksEndpoint = "/keys", SignsAuthorizationResponse = true },
        SignIn = new() { NoBrowser = true, RedirectUri = "https://app.example/cb" },
    };

    public void Dispose() => _wire.Dispose();

    // Section 2.3.2: fragment.jwt is the default where a token comes by the browser.
    [Fact]
    public async Task A_signed_token_comes_in_the_fragment()
    {
        _wire.Answers(Wire.Json(new JsonObject { ["keys"] = new JsonArray(SigningKey.Rsa.Jwk()) }.ToJsonString()));

        var session = await PasteAsync(state => $"https://app.example/cb#response={SigningKey.Rsa.Sign(Claims(state), "RS256")}");

        Assert.Equal("implicit-token", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal(_wire.Clock.GetUtcNow().AddSeconds(600), session.ExpiresAt);
    }

    // What stands beside the signed response is anybody's.
    [Fact]
    public async Task What_is_beside_the_signed_answer_is_not_read()
    {
        _wire.Answers(Wire.Json(new JsonObject { ["keys"] = new JsonArray(SigningKey.Rsa.Jwk()) }.ToJsonString()));

        var session = await PasteAsync(state => $"https://app.example/cb#access_token=another&expires_in=1&error=x&iss=y&state={state}&response={SigningKey.Rsa.Sign(Claims(state), "RS256")}");

        Assert.Equal("implicit-token", (await session.GetTokenAsync()).TokenOf());
    }

    [Theory]
    [InlineData("https://app.example/cb#access_token=another&token_type=bearer&state={0}")]
    [InlineData("https://app.example/cb#error=access_denied&state={0}")]
    public async Task One_that_is_not_signed_is_not_taken(string pasted)
    {
        var refused = await Assert.ThrowsAsync<OAuthProtocolException>(() => PasteAsync(state => pasted.Replace("{0}", state, StringComparison.Ordinal)));

        Assert.Contains("is not signed, though a signed response was asked for", refused.Message, StringComparison.Ordinal);
    }

    private JsonObject Claims(string state) => new()
    {
        ["iss"] = "https://mycompany.jetbrains.space",
        ["aud"] = Given.ClientId,
        ["exp"] = _wire.Clock.GetUtcNow().ToUnixTimeSeconds() + 600,
        ["access_token"] = "implicit-token",
        ["token_type"] = "Bearer",
        ["expires_in"] = 600,
        ["state"] = state,
    };

    private Task<OAuthSession> PasteAsync(Func<string, string> response) => OAuthConnection.ConnectAsync(
        Request, new RecordingPrompt(url => response(SignInRun.Parameter(url, "state")!)), _wire.Transport, _wire.Log).WaitAsync(RawBrowser.Patience);
}
