using System.Text.Json.Nodes;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>A response with a new refresh token, and something in it that is refused: the new one is kept, the old one may be dead.</summary>
public sealed class RotatedTokenTests : VaultTest
{
    private const string Issuer = "https://login.example.com";

    private static readonly ConnectRequest _once = Given.Blynk with { Flow = OAuthFlow.RefreshToken, Inputs = [new GivenRefreshToken(new Secret("refresh-0"))] };

    private static readonly ConnectRequest _openId = new()
    {
        Provider = new() { Name = "Example", Issuer = Issuer },
        Client = Given.Client,
        Flow = OAuthFlow.RefreshToken,
        Inputs = [new GivenRefreshToken(new Secret("refresh-0"))],
    };

    public static TheoryData<string> Refused => new()
    {
        """{"token_type":"Bearer","refresh_token":"refresh-2"}""",
        """{"access_token":null,"refresh_token":"refresh-2"}""",
        """{"access_token":5,"refresh_token":"refresh-2"}""",
        """{"access_token":"two words","token_type":"Bearer","refresh_token":"refresh-2"}""",
        """{"access_token":"access-2","token_type":"mac","refresh_token":"refresh-2"}""",
        """{"access_token":"access-2","token_type":["Bearer"],"refresh_token":"refresh-2"}""",
        """{"access_token":"access-2","token_type":"Bearer","id_token":{},"refresh_token":"refresh-2"}""",
        """{"x\ud800":1,"access_token":"access-2","token_type":"Bearer","refresh_token":"refresh-2"}""",
        """{"error":"server_error","refresh_token":"refresh-2"}""",
        """{"id_token":"a.b.c","token_type":"Bearer","refresh_token":"refresh-2"}""",
        """{"ok":false,"error":"ratelimited","refresh_token":"refresh-2"}""",
        """token_type=Bearer&refresh_token=refresh-2""",
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task The_next_try_sends_the_new_refresh_token(string response)
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"));
        var session = await Wire.ConnectAsync(_once);
        Expire();
        Wire.Answers(Wire.Json(response), Given.Token("access-3", 3600, "refresh-3"));

        var failure = await Assert.ThrowsAnyAsync<OAuthException>(() => session.GetTokenAsync(log: Wire.Log).AsTask());

        Assert.Equal("access-3", (await session.GetTokenAsync()).TokenOf());
        Assert.Contains("refresh_token=refresh-2", Wire.LastRequest, StringComparison.Ordinal);
        NoSecret.In(failure, "refresh-1", "refresh-2");
        NoSecret.In(Wire.Log, "refresh-1", "refresh-2");
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task The_vault_has_it_when_the_error_is_reported_and_another_process_goes_on_with_it(string response)
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"));
        var session = await SavedAsync(_once);
        Expire();
        Wire.Answers(Wire.Json(response), Given.Token("access-3", 3600, "refresh-3"));

        await Assert.ThrowsAnyAsync<OAuthException>(() => session.GetTokenAsync().AsTask());

        Assert.Contains("\"refresh-2\"", Vault.Only, StringComparison.Ordinal);
        Assert.Contains("\"access-1\"", Vault.Only, StringComparison.Ordinal);
        var other = await RestoreAsync();
        Assert.Equal("access-3", (await other.GetTokenAsync()).TokenOf());
        Assert.Contains("refresh_token=refresh-2", Wire.LastRequest, StringComparison.Ordinal);
        Assert.Equal("access-3", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal(3, Wire.Requests.Count);
    }

    [Fact]
    public async Task A_vault_that_does_not_take_it_is_given_it_by_the_next_call()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"));
        var session = await SavedAsync(_once);
        Expire();
        Vault.Refusals = 1;
        Wire.Answers(Wire.Json("""{"refresh_token":"refresh-2"}"""), Given.Token("access-3", 3600, "refresh-3"));

        await Assert.ThrowsAsync<OAuthVaultException>(() => session.GetTokenAsync().AsTask());

        Assert.Equal("access-3", (await session.GetTokenAsync()).TokenOf());
        Assert.Contains("refresh_token=refresh-2", Wire.LastRequest, StringComparison.Ordinal);
        Assert.Contains("\"refresh-3\"", Vault.Only, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"token_type":"Bearer"}""")]
    [InlineData("""{"token_type":"Bearer","refresh_token":""}""")]
    [InlineData("""{"token_type":"Bearer","refresh_token":7}""")]
    [InlineData("""{"token_type":"Bearer","refresh_token":"two words"}""")]
    [InlineData("""["refresh_token","refresh-2"]""")]
    [InlineData("""{"refresh_token":"refresh-2" """)]
    [InlineData("")]
    public async Task A_response_without_one_that_could_be_sent_leaves_the_old_one_in_force(string response)
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"));
        var session = await Wire.ConnectAsync(_once);
        Wire.Answers(Wire.Json(response), Given.Token("access-3"));

        await Assert.ThrowsAnyAsync<OAuthException>(() => session.RenewAsync());
        await session.RenewAsync();

        Assert.Contains("refresh_token=refresh-1", Wire.LastRequest, StringComparison.Ordinal);
    }

    // RFC 6749 section 5.2: an error response issues nothing.
    [Fact]
    public async Task An_error_response_replaces_nothing()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"));
        var session = await Wire.ConnectAsync(_once);
        Wire.Answers(Wire.Json("""{"error":"server_error","refresh_token":"refresh-2"}""", "400 Bad Request"), Given.Token("access-3"));

        await Assert.ThrowsAsync<OAuthServerException>(() => session.RenewAsync());
        await session.RenewAsync();

        Assert.Contains("refresh_token=refresh-1", Wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_not_bound_to_the_session_s_key_is_refused_and_the_new_refresh_token_kept()
    {
        Wire.Answers(Wire.Json("""{"access_token":"bound","token_type":"DPoP","expires_in":3600,"refresh_token":"refresh-1"}"""));
        var session = await Wire.ConnectAsync(Given.Space with { DPoP = true });
        Wire.Answers(Given.Token("unbound", 3600, "refresh-2"), Wire.Json("""{"access_token":"bound-3","token_type":"DPoP","expires_in":3600}"""));

        await Assert.ThrowsAsync<OAuthProtocolException>(() => session.RenewAsync());

        Assert.Equal("bound-3", (await session.RenewAsync()).TokenOf());
        Assert.Contains("refresh_token=refresh-2", Wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_ID_token_takes_no_refresh_token_with_it()
    {
        var session = await OpenIdAsync();
        Wire.Answers(WithIdToken("not.an.idtoken", "refresh-2"), Given.Token("access-3", 3600, "refresh-3"));

        Assert.Equal("IdTokenInvalid", (await Assert.ThrowsAsync<OAuthProtocolException>(() => session.RenewAsync())).ErrorId);

        Assert.Equal("access-3", (await session.RenewAsync()).TokenOf());
        Assert.Contains("refresh_token=refresh-2", Wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_vault_has_the_new_refresh_token_while_the_keys_for_the_ID_token_are_still_asked_for()
    {
        var keys = new TaskCompletionSource();
        var session = await OpenIdAsync();
        await session.SaveAsync(Vault);
        Wire.Answers(WithIdToken("eyJhbGciOiJSUzI1NiJ9.e30.AA", "refresh-2")).AnswersAfter(keys.Task, Wire.Json("""{"keys":[]}"""));

        var renewing = session.RenewAsync();
        await Wire.Happened.UntilAsync(() => Wire.LastRequest.StartsWith("GET https://login.example.com/keys\n", StringComparison.Ordinal));

        Assert.Contains("\"refresh-2\"", Vault.Only, StringComparison.Ordinal);
        Assert.DoesNotContain("\"access-2\"", Vault.Only, StringComparison.Ordinal);
        keys.SetResult();
        await Assert.ThrowsAsync<OAuthProtocolException>(() => renewing);
        Assert.Contains("\"refresh-2\"", Vault.Only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connecting_again_with_a_refresh_token_that_a_refused_response_replaced_sends_the_new_one()
    {
        Wire.Answers(Wire.Json("""{"refresh_token":"refresh-1"}"""), Wire.Json("""{"refresh_token":"refresh-2"}"""), Given.Token("access-3", 3600, "refresh-3"), Given.Token("access-4"));

        await Assert.ThrowsAsync<OAuthProtocolException>(() => Wire.ConnectAsync(_once));
        await Assert.ThrowsAsync<OAuthProtocolException>(() => Wire.ConnectAsync(_once));
        var session = await Wire.ConnectAsync(_once);

        Assert.Equal("access-3", (await session.GetTokenAsync()).TokenOf());
        await Wire.ConnectAsync(_once);
        Assert.Equal(
            ["refresh-0", "refresh-1", "refresh-2", "refresh-0"],
            Wire.Requests.Select(request => request.Split('\n')[0].Split("refresh_token=")[1]));
    }

    [Fact]
    public async Task Whoever_gives_up_while_the_refresh_token_is_on_its_way_goes_on_with_its_successor()
    {
        var response = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        Wire.AnswersAfter(response.Task, Given.Token("access-1", 3600, "refresh-1"));
        var connecting = Wire.ConnectAsync(_once, stop.Token);
        await Wire.Happened.UntilAsync(() => Wire.Requests.Count == 1);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);

        response.SetResult();
        Wire.Answers(Given.Token("access-2", 3600, "refresh-2"));
        await Wire.ConnectAsync(_once);

        Assert.EndsWith("refresh_token=refresh-1", Wire.LastRequest.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connecting_at_another_server_does_not_send_it()
    {
        Wire.Answers(Wire.Json("""{"refresh_token":"refresh-1"}"""), Given.Token("access-2"));
        await Assert.ThrowsAsync<OAuthProtocolException>(() => Wire.ConnectAsync(_once));

        await Wire.ConnectAsync(_once with { ServiceUrl = new Uri("https://ny3.blynk.cloud") });

        Assert.EndsWith("refresh_token=refresh-0", Wire.LastRequest.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_hundred_replaced_tokens_are_remembered_and_no_more()
    {
        var (endpoint, rotated) = (new Uri(Issuer), new RotatedRefreshTokens());
        foreach (var number in Enumerable.Range(0, 101))
            rotated.Keep(endpoint, new Secret($"old-{number}"), new Secret($"new-{number}"));

        Assert.Equal("old-0", (await rotated.NewestOfAsync(endpoint, new Secret("old-0"), default)).Reveal());
        Assert.Equal("new-1", (await rotated.NewestOfAsync(endpoint, new Secret("old-1"), default)).Reveal());
        Assert.Equal("new-100", (await rotated.NewestOfAsync(endpoint, new Secret("old-100"), default)).Reveal());
    }

    private Task<OAuthSession> OpenIdAsync()
    {
        Wire.Answers(
            Wire.Json($$"""{"issuer":"{{Issuer}}","token_endpoint":"{{Issuer}}/token","jwks_uri":"{{Issuer}}/keys","grant_types_supported":["refresh_token"]}"""),
            Given.Token("access-1", 3600, "refresh-1"));
        return Wire.ConnectAsync(_openId);
    }

    private static string WithIdToken(string idToken, string refreshToken) => Wire.Json(new JsonObject
    {
        ["access_token"] = "access-2",
        ["token_type"] = "Bearer",
        ["expires_in"] = 3600,
        ["id_token"] = idToken,
        ["refresh_token"] = refreshToken,
    }.ToJsonString());
}
