using System.Text.Json.Nodes;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Tests.Interaction;

namespace OAuthPS.Flows.Tests.Identity;

/// <summary>A sign-in at a server that was found by its issuer, from the metadata to the subject of the session.</summary>
public class IdTokenSignInTests : IdTokenTest
{
    private static ConnectRequest Request { get; } = new()
    {
        Provider = new() { Name = "Example", Issuer = Issuer },
        Client = new(ClientId),
        Flow = OAuthFlow.AuthorizationCode,
        Scope = ["openid", "profile"],
    };

    [Fact]
    public async Task The_session_shows_who_signed_in()
    {
        var run = await StartAsync(Request);
        Wire.Answers(Token(Signed(run.Sent("nonce")!)), Keys(SigningKey.Rsa.Jwk()));

        await run.AnswerWithCodeAsync();

        Assert.Equal("ada", (await run.EndAsync()).Subject);
        Assert.Equal(["GET", "POST", "GET"], Wire.Requests.Select(request => request.Split(' ')[0]));
        Assert.Matches("^[A-Za-z0-9_-]{22}$", run.Sent("nonce"));
        Assert.NotEqual(run.State, run.Sent("nonce"));
        Assert.DoesNotContain("nonce", Wire.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_scope_in_one_string_asks_for_the_ID_token_too()
    {
        var run = await StartAsync(Request with { Scope = ["profile openid"] });

        Assert.NotNull(run.Sent("nonce"));
    }

    [Fact]
    public async Task Without_openid_no_ID_token_is_asked_for_or_needed()
    {
        var run = await StartAsync(Request with { Scope = ["read"] });
        Assert.Null(run.Sent("nonce"));
        Wire.Answers(Token(null));

        await run.AnswerWithCodeAsync();

        Assert.Null((await run.EndAsync()).Subject);
    }

    [Fact]
    public async Task Who_asked_for_an_ID_token_and_gets_none_has_no_session()
    {
        var run = await StartAsync(Request);
        Wire.Answers(Token(null));

        await run.AnswerWithCodeAsync();

        var failure = await run.FailsAsync<OAuthProtocolException>();
        Assert.StartsWith("The ID token is missing,", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_another_sign_in_is_refused()
    {
        var run = await StartAsync(Request);
        Wire.Answers(Token(Signed("the-nonce-of-another")), Keys(SigningKey.Rsa.Jwk()));

        await run.AnswerWithCodeAsync();

        var failure = await run.FailsAsync<OAuthProtocolException>();
        Assert.StartsWith("The ID token answers another request (nonce),", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_keys_cannot_be_believed()
    {
        var run = await StartAsync(Request, keys: "");
        Wire.Answers(Token(Signed(run.Sent("nonce")!)));

        await run.AnswerWithCodeAsync();

        Assert.Equal("MetadataIncomplete", (await run.FailsAsync<OAuthProtocolException>()).ErrorId);
    }

    [Fact]
    public async Task A_refreshed_ID_token_of_another_subject_is_refused_and_the_new_refresh_token_beside_it_is_kept()
    {
        var run = await StartAsync(Request);
        Wire.Answers(Token(Signed(run.Sent("nonce")!), "refresh-1"), Keys(SigningKey.Rsa.Jwk()));
        await run.AnswerWithCodeAsync();
        var session = await run.EndAsync();

        Wire.Answers(Token(Signed(null, "eve"), "refresh-2"));
        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => session.RenewAsync());
        Assert.StartsWith("The ID token names another subject than before (sub),", failure.Message, StringComparison.Ordinal);
        Assert.Equal("ada", session.Subject);

        Wire.Answers(Token(Signed(null), "refresh-3"));
        await session.RenewAsync();
        Assert.Contains("refresh_token=refresh-2&", Wire.LastRequest, StringComparison.Ordinal);
        Assert.Equal("ada", session.Subject);
    }

    private Task<SignInRun> StartAsync(ConnectRequest request, string keys = $",\"jwks_uri\":\"{Issuer}/keys\"")
    {
        Wire.Answers(Wire.Json($$"""{"issuer":"{{Issuer}}","authorization_endpoint":"{{Issuer}}/authorize","token_endpoint":"{{Issuer}}/token"{{keys}}}"""));
        return SignInRun.StartAsync(request, wire: Wire);
    }

    private string Signed(string? nonce, string subject = "ada")
    {
        var claims = Claims;
        claims["sub"] = subject;
        claims.Remove("nonce");
        if (nonce is not null)
            claims["nonce"] = nonce;
        return SigningKey.Rsa.Sign(claims, "RS256");
    }

    private static string Token(string? idToken, string? refreshToken = null)
    {
        var response = new JsonObject { ["access_token"] = AccessToken, ["token_type"] = "Bearer", ["expires_in"] = 3600 };
        if (idToken is not null)
            response["id_token"] = idToken;
        if (refreshToken is not null)
            response["refresh_token"] = refreshToken;
        return Wire.Json(response.ToJsonString());
    }
}
