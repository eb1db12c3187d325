using System.Text;
using System.Text.RegularExpressions;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>What a session is after it was in a vault, for every flow of every provider that needs no browser.</summary>
public sealed class VaultRoundTripTests : VaultTest
{
    private static readonly Dictionary<string, ConnectRequest> _flows = new()
    {
        ["Blynk, client credentials"] = Given.Blynk with { Name = "night job", ClientAuthentication = ClientAuthenticationMethod.Query },
        ["Blynk, refresh token"] = Given.Blynk with { Flow = OAuthFlow.RefreshToken, Inputs = [new GivenRefreshToken(new Secret("first-refresh"))] },
        ["Spacebring, authorization code"] = Given.SpacebringCode with { Scope = ["resources", "locations"] },
        ["SpatiaFi, client credentials"] = Given.SpatiaFi with { Timeout = TimeSpan.FromSeconds(7.5) },
        ["SpatiaFi, password"] = Given.SpatiaFi with { Client = null, Flow = OAuthFlow.Password, Inputs = [Given.User] },
        ["SpatiaFi, Basic"] = Given.SpatiaFi with { Client = null, Flow = OAuthFlow.Basic, Inputs = [Given.User] },
        ["Space, client credentials"] = Given.Space with { Scope = ["**"] },
        ["Space, password"] = Given.Space with { Scope = ["**"], Flow = OAuthFlow.Password, Inputs = [Given.User] },
        ["Space, authorization code"] = Given.Space with { Scope = ["**"], Flow = OAuthFlow.AuthorizationCode, Inputs = Given.SpacebringCode.Inputs },
    };

    public static TheoryData<string> Flows => [.. _flows.Keys];

    [Theory]
    [MemberData(nameof(Flows))]
    public async Task A_restored_session_is_the_one_that_was_saved(string flow)
    {
        Wire.Answers(Given.Token("access", 3600, "re-fresh"), Given.Token("renewed", 3600, "re-fresh-2"));
        var saved = await SavedAsync(_flows[flow]);

        var restored = await RestoreAsync(saved.Name);

        Assert.Equal(Shown(saved), Shown(restored));
        Assert.Equal("access", (await restored.GetTokenAsync()).TokenOf());
        Assert.Single(Wire.Requests);
        Assert.DoesNotContain(Given.Password, Vault.Only, StringComparison.Ordinal);
        NoSecret.In(Vault.Only, Given.Password, "the+code/1", "the-verifier");
        NoSecret.In(string.Join('\n', Vault.Descriptions[saved.Name].Values), "access", "re-fresh", Given.ClientSecret);
    }

    [Theory]
    [MemberData(nameof(Flows))]
    public async Task A_restored_session_renews_with_the_same_words_as_the_saved_one(string flow)
    {
        Wire.Answers(Given.Token("access", 3600, "re-fresh"), Given.Token("renewed", 3600, "re-fresh"), Given.Token("renewed-again", 3600));
        var saved = await SavedAsync(_flows[flow]);
        Expire();
        await saved.GetTokenAsync();
        var restored = await RestoreAsync(saved.Name);
        Expire();

        Assert.Equal("renewed-again", (await restored.GetTokenAsync()).TokenOf());
        Assert.Equal(WithoutAssertion(Wire.Requests[1]), WithoutAssertion(Wire.Requests[2]));
    }

    [Fact]
    public async Task Basic_on_every_call_is_restored_with_its_client_and_headers()
    {
        var saved = await SavedAsync(Given.SpacebringBasic);

        var restored = await RestoreAsync(saved.Name);

        Assert.Equal(Shown(saved), Shown(restored));
        var headers = await restored.GetRequestHeadersAsync();
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Given.ClientId}:{Given.ClientSecret}")), headers["Authorization"].Reveal());
        Assert.Equal("n-42", headers["spacebring-network-id"].Reveal());
        Assert.Empty(Wire.Requests);
    }

    [Fact]
    public async Task Without_a_refresh_token_a_restored_password_session_says_that_it_cannot_be_renewed()
    {
        Wire.Answers(Given.Token("access"));
        await SavedAsync(Given.Space with { Scope = ["**"], Flow = OAuthFlow.Password, Inputs = [Given.User] });
        var restored = await RestoreAsync("JetBrainsSpace");
        Expire();

        var error = await Assert.ThrowsAsync<OAuthUsageException>(() => restored.GetTokenAsync().AsTask());

        Assert.Equal("SessionCannotRenew", error.ErrorId);
        Assert.False(restored.CanRefresh);
    }

    [Fact]
    public async Task What_is_forgotten_is_gone_and_forgetting_it_again_is_fine()
    {
        Wire.Answers(Given.Token("access"));
        await SavedAsync();

        await SessionVaults.ForgetAsync(Vault, "Blynk");
        await SessionVaults.ForgetAsync(Vault, "Blynk");

        Assert.Empty(Vault.Entries);
    }

    [Fact]
    public async Task A_token_that_is_no_access_token_is_none_after_a_vault_either()
    {
        Wire.Answers(Wire.Json("""{"access_token":"an-id-token","token_type":"N_A","expires_in":3600}"""));
        var exchange = Given.Space with { Provider = Given.Space.Provider with { Flows = [OAuthFlow.TokenExchange] }, Inputs = [new TokenExchange(new Secret("subject"))] };
        var saved = await SavedAsync(exchange);

        var restored = await SessionVaults.RestoreAsync(Vault, saved.Name, _ => exchange.Provider, Wire.Transport, Wire.Log);

        Assert.Equal("N_A", (await restored.GetTokenAsync()).TokenType);
        Assert.Contains("\"version\":2", Vault.Only, StringComparison.Ordinal);
        Assert.Equal("NoAccessToken", (await Assert.ThrowsAsync<OAuthUsageException>(() => restored.SendAsync(new ApiCall { Uri = new Uri("/x", UriKind.Relative) }))).ErrorId);
    }

    public static TheoryData<string, ConnectRequest> WithoutClient => new()
    {
        { "token exchange", new ConnectRequest { Provider = _clientless, Inputs = [new TokenExchange(new Secret("subject"))] } },
        { "JWT bearer", new ConnectRequest { Provider = _clientless, Inputs = [new GivenAssertion(new Secret("a.b.c"))] } },
    };

    private static readonly OAuthProvider _clientless = Given.Space.Provider with
    {
        ServiceUrl = Given.Space.ServiceUrl,
        Flows = [OAuthFlow.TokenExchange, OAuthFlow.JwtBearer],
    };

    // RFC 8693 section 2.1, RFC 7523 section 2.1: the client need not prove itself, so there may be none.
    [Theory]
    [MemberData(nameof(WithoutClient))]
    public async Task A_session_that_needed_no_client_is_restored_without_one(string flow, ConnectRequest request)
    {
        Wire.Answers(Given.Token($"by {flow}".Replace(' ', '-'), 3600, "re-1"), Given.Token("renewed"));
        var saved = await SavedAsync(request);

        var restored = await SessionVaults.RestoreAsync(Vault, saved.Name, _ => _clientless, Wire.Transport, Wire.Log);

        Assert.Equal((await saved.GetTokenAsync()).TokenOf(), (await restored.GetTokenAsync()).TokenOf());
        Assert.Equal("renewed", (await restored.RenewAsync()).TokenOf());
        NoSecret.In(Vault.Only, "subject", "a.b.c");
    }

    // Each has an id of its own.
    private static string WithoutAssertion(string request) => Regex.Replace(request, "(client_assertion|assertion)=[^&\n]+|Content-Length: \\d+", "$1");

    private static string Shown(OAuthSession session) =>
        $"{session.Name}|{session.Provider}|{session.Flow}|{session.ServiceUrl}|{session.Scope}|{session.Subject}|{session.ExpiresAt:O}|{session.Vault}|{session.IsExpired}";
}
