using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.Tests.Interaction;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>What a server says besides the token: by its own names, harmless members as text, all others as secrets.</summary>
public sealed class SessionMembersTests : VaultTest
{
    private const string Salesforce = """
        {"access_token":"00DB0000000TfcR!AQQAQFhoK8vTMg_rKA.esrJ2bCs.OOIjJgl.9Cx6O7KqjZmHMLOyVb.U61BU9tm4xRusf7d3fD1P9oefzqS6i9sJMPWj48IK","token_type":"Bearer",
        "instance_url":"https://acme.my.example.com","id":"https://login.example.com/id/00DB0000000TfcRMAS/005B0000005Bk90IAC","issued_at":"1278448384422",
        "signature":"SSSbLO/gBhmmyNUvN18ODBDFYHzakxOMgqYtu+hDPsc=","team":{"id":"T1","name":"Acme"},"installation":42}
        """;

    private static readonly OAuthProvider _provider = new()
    {
        Name = "Acme",
        ServiceUrl = new Uri("https://acme.example"),
        TokenEndpoint = "/token",
        AuthorizationEndpoint = "/authorize",
        Flows = [OAuthFlow.ClientCredentials, OAuthFlow.AuthorizationCode, OAuthFlow.RefreshToken],
        ClientAuthentications = [ClientAuthenticationMethod.Post],
        RefreshTokens = RefreshTokenUse.Reusable,
    };

    private static ConnectRequest Request { get; } = new() { Provider = _provider, Client = Given.Client, Flow = OAuthFlow.ClientCredentials };

    // Without a way to repeat the grant.
    private static ConnectRequest Person { get; } = Request with { Flow = OAuthFlow.AuthorizationCode, Inputs = [new AuthorizationCode(new("the-code"))] };

    [Fact]
    public async Task Harmless_members_are_text_and_all_others_secrets()
    {
        Wire.Answers(Wire.Json(Salesforce));

        var session = await Wire.ConnectAsync(Request);

        Assert.Equal(
            [
                "id=https://login.example.com/id/00DB0000000TfcRMAS/005B0000005Bk90IAC", "installation=***", "instance_url=https://acme.my.example.com", "issued_at=1278448384422",
                "signature=***", "team={\"id\":\"T1\",\"name\":\"Acme\"}",
            ],
            Shown(session));
        Assert.Equal("SSSbLO/gBhmmyNUvN18ODBDFYHzakxOMgqYtu+hDPsc=", session.Members["signature"].Value.Reveal());
        Assert.Equal("42", session.Members["installation"].Value.Reveal());
    }

    [Fact]
    public async Task The_provider_file_can_name_further_harmless_ones()
    {
        Wire.Answers(Wire.Json("""{"team_id":"T9","data":{"access_token":"the-access-token","plan":"gold","pin":"1234"}}"""));

        var session = await Wire.ConnectAsync(Request with { Provider = _provider with { TokenResponse = new() { Path = "/data", TextMembers = ["plan"] } } });

        Assert.Equal(["pin=***", "plan=gold", "team_id=T9"], Shown(session));
    }

    [Fact]
    public async Task What_the_token_stands_in_is_no_member_whatever_its_name()
    {
        Wire.Answers(Wire.Json("""{"team_id":"T9","a/b":{"access_token":"the-access-token"}}"""));

        var session = await Wire.ConnectAsync(Request with { Provider = _provider with { TokenResponse = new() { Path = "/a~1b" } } });

        Assert.Equal(["team_id=T9"], Shown(session));
    }

    public static TheoryData<string> Forms => [.. NoSecret.Forms("").Select(form => form.Form)];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_harmless_member_in_which_a_secret_stands_is_one(string form)
    {
        const string Secret = "client secret-refresh-9";
        var value = NoSecret.Forms(Secret).Single(one => one.Form == form).Value;
        var body = System.Text.Json.JsonSerializer.Serialize(new { access_token = "the-access-token", instance_url = value, shop = value, hub_id = form });
        Wire.Answers(Wire.Json(body));

        var session = await Wire.ConnectAsync(Request with
        {
            Client = new(Given.ClientId, new(Secret)),
            Provider = _provider with { TokenResponse = new() { TextMembers = ["shop"] } },
        });

        Assert.Equal([$"hub_id={form}", "instance_url=***", "shop=***"], Shown(session));
    }

    [Theory]
    [InlineData("\"team\":{\"name\":\"Acme\",\"bot\":{\"bot_token\":\"leaked\"}}")]
    [InlineData("\"instance_url\":\"https://a\\u001b[31m\"")]
    [InlineData("\"id\":\"the-access-token\"")]
    public async Task What_is_not_harmless_under_a_harmless_name_is_a_secret(string member)
    {
        Wire.Answers(Wire.Json($$"""{"access_token":"the-access-token",{{member}}}"""));

        Assert.EndsWith("=***", Assert.Single(Shown(await Wire.ConnectAsync(Request))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Number_and_size_of_what_is_kept_are_bounded()
    {
        var many = string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"m{i}\":\"{new string('x', 150)}\""));
        Wire.Answers(Wire.Json($$"""{"access_token":"the-access-token","huge":"{{new string('x', 100_000)}}","{{new string('n', 5_000)}}":1,"a\u001bb":1,"":2,{{many}}}"""));

        var session = await Wire.ConnectAsync(Request);

        Assert.Equal(50, session.Members.Count);
        Assert.True(session.Members.ContainsKey("m0") && !session.Members.ContainsKey("huge"));
    }

    [Fact]
    public async Task A_renewal_replaces_those_that_its_response_has()
    {
        Wire.Answers(Wire.Json("""{"access_token":"first-access-token","shop":"north","team_id":"T1"}"""), Wire.Json("""{"access_token":"second-access-token","shop":"south"}"""));
        var session = await Wire.ConnectAsync(Request);

        await session.RenewAsync();

        Assert.Equal(["shop=south", "team_id=T1"], Shown(session));
    }

    [Fact]
    public async Task They_are_the_same_after_a_vault()
    {
        Wire.Answers(Wire.Json("""{"access_token":"first-access-token","refresh_token":"first-refresh-token","expires_in":60,"refresh_token_expires_in":8640000,"shop":"north","pin":"1234"}"""), Wire.Json("""{"access_token":"second-access-token","shop":"south"}"""));
        var saved = await SavedAsync(Person);

        var restored = await SessionVaults.RestoreAsync(Vault, "Acme", _ => _provider, Wire.Transport, Wire.Log);

        Assert.Equal(["pin=***", "refresh_token_expires_in=8640000", "shop=north"], Shown(restored));
        Assert.Equal((saved.RefreshTokenExpiresAt, "1234"), (restored.RefreshTokenExpiresAt, restored.Members["pin"].Value.Reveal()));
        Assert.Contains("\"version\":3", Vault.Only, StringComparison.Ordinal);
        NoSecret.In(string.Join('\n', Vault.Descriptions["Acme"].Values), "1234");

        await restored.RenewAsync();
        Assert.Contains("\"shop\":{\"text\":\"south\"}", Vault.Only, StringComparison.Ordinal);
        Assert.Contains("\"pin\":{\"secret\":\"1234\"}", Vault.Only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ID_token_is_there_after_a_vault_and_a_renewal_and_shows_in_no_description()
    {
        const string IdToken = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJncmFjZSJ9.c2ln";
        Wire.Answers(Wire.Json($$"""{"access_token":"first-access-token","refresh_token":"first-refresh-token","id_token":"{{IdToken}}"}"""), Given.Token("second-access-token"));
        await SavedAsync(Person);

        var restored = await SessionVaults.RestoreAsync(Vault, "Acme", _ => _provider, Wire.Transport, Wire.Log);
        await restored.RenewAsync();

        Assert.Equal(IdToken, restored.IdToken!.Reveal());
        Assert.Contains("\"version\":3", Vault.Only, StringComparison.Ordinal);
        NoSecret.In(string.Join('\n', Vault.Descriptions["Acme"].Values), IdToken);
    }

    [Fact]
    public async Task A_redirect_with_the_token_has_its_members_too_as_the_provider_file_lists_them()
    {
        var implicitly = Request with { Flow = OAuthFlow.Implicit, Provider = _provider with { Flows = [OAuthFlow.Implicit], TokenResponse = new() { TextMembers = ["plan"] } } };
        var run = await SignInRun.StartAsync(implicitly);

        await ImplicitSignInTests.PostAsync(run, $"access_token=implicit-token&token_type=Bearer&state={run.State}&plan=gold&hmac=700e2dad&instance_url=https%3A%2F%2Facme.my.example.com");
        var session = await run.EndAsync();

        Assert.Equal(["hmac=***", "instance_url=https://acme.my.example.com", "plan=gold"], Shown(session));
    }

    [Fact]
    public async Task Without_any_an_entry_is_one_that_an_older_module_reads()
    {
        Wire.Answers(Given.Token("a", 3600, "r"));
        await SavedAsync(Person);

        Assert.Contains("\"version\":1", Vault.Only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_redirect_carries_besides_the_code_is_there_too_and_the_token_response_is_newer()
    {
        var wire = new Wire().Answers(Wire.Json("""{"access_token":"the-access-token","location":"eu"}"""));
        var run = await SignInRun.StartAsync(Request with { Flow = OAuthFlow.AuthorizationCode }, wire: wire);

        await run.AnswerAsync($"code=the-code&state={run.State}&realmId=4620816365&location=us&hmac=700e2dad");
        var session = await run.EndAsync();

        Assert.Equal(["hmac=***", "location=eu", "realmId=4620816365"], Shown(session));
    }

    [Fact]
    public async Task A_redirect_that_repeats_a_secret_under_a_harmless_name_shows_none()
    {
        var run = await SignInRun.StartAsync(Request with { Flow = OAuthFlow.AuthorizationCode });

        await run.AnswerAsync($"code=the-secret-code&state={run.State}&realmId=the-secret-code&shop={run.State}");
        var session = await run.EndAsync();

        Assert.Equal(["realmId=***", "shop=***"], Shown(session));
    }

    [Theory]
    [InlineData("\"refresh_token_expires_in\":864000", 10)]
    [InlineData("\"x_refresh_token_expires_in\":8640000", 100)]
    [InlineData("\"refresh_expires_in\":\"86400\"", 1)]
    [InlineData("\"refresh_token_expires_at\":\"2026-01-12T03:04:05Z\"", 10)]
    [InlineData("\"refresh_expires_in\":0", null)]
    [InlineData("\"pin\":0", null)]
    public async Task The_end_of_the_refresh_token_is_known_where_it_is_said(string member, int? days)
    {
        Wire.Answers(Wire.Json($$"""{"access_token":"first-access-token","refresh_token":"first-refresh-token",{{member}}}"""));

        var session = await Wire.ConnectAsync(Person);

        Assert.Equal(days is null ? null : Given.Start.AddDays(days.Value), session.RefreshTokenExpiresAt);
        Assert.Empty(Wire.Log.Warnings);
    }

    [Fact]
    public async Task Its_end_is_warned_about_in_time_once_and_again_for_the_next_one()
    {
        Wire.Answers(Wire.Json("""{"access_token":"first-access-token","refresh_token":"secret-r-1","expires_in":315360000,"refresh_token_expires_in":8640000}"""));
        var session = await Wire.ConnectAsync(Person);
        Wire.Clock.Advance(TimeSpan.FromDays(96.9));
        await session.GetTokenAsync(log: Wire.Log);
        Assert.Empty(Wire.Log.Warnings);

        Wire.Clock.Advance(TimeSpan.FromDays(0.2));
        await session.GetTokenAsync();
        await session.GetTokenAsync(log: Wire.Log);
        await session.GetTokenAsync(log: Wire.Log);

        Assert.Equal("The refresh token of the session 'Acme' ends on 2026-04-12 03:04:05Z. Connect again before that.", Assert.Single(Wire.Log.Warnings));

        Wire.Answers(Wire.Json("""{"access_token":"second-access-token","refresh_token":"secret-r-2","expires_in":315360000,"refresh_token_expires_in":864000}"""));
        await session.RenewAsync(Wire.Log);
        await session.GetTokenAsync(log: Wire.Log);
        Assert.Single(Wire.Log.Warnings);
        Wire.Clock.Advance(TimeSpan.FromDays(9.1));
        await session.GetTokenAsync(log: Wire.Log);
        Assert.Equal(2, Wire.Log.Warnings.Count);
        NoSecret.In(Wire.Log, "secret-r-1", "secret-r-2");
    }

    [Fact]
    public async Task A_refresh_token_that_stays_keeps_its_end_and_a_new_one_without_a_word_has_none()
    {
        Wire.Answers(
            Wire.Json("""{"access_token":"first-access-token","refresh_token":"r-1","refresh_token_expires_in":8640000}"""), Wire.Json("""{"access_token":"second-access-token"}"""), Wire.Json("""{"access_token":"c","refresh_token":"r-2"}"""));
        var session = await Wire.ConnectAsync(Person);

        await session.RenewAsync();
        Assert.Equal(Given.Start.AddDays(100), session.RefreshTokenExpiresAt);
        await session.RenewAsync();
        Assert.Null(session.RefreshTokenExpiresAt);
    }

    [Fact]
    public async Task A_session_that_repeats_its_grant_has_nobody_to_warn()
    {
        Wire.Answers(Wire.Json("""{"access_token":"first-access-token","refresh_token":"r-1","refresh_token_expires_in":60}"""));
        var session = await Wire.ConnectAsync(Request);
        Wire.Clock.Advance(TimeSpan.FromDays(1));

        await session.GetTokenAsync(log: Wire.Log);

        Assert.Empty(Wire.Log.Warnings);
    }

    private static List<string> Shown(OAuthSession session) => [.. session.Members.Select(member => $"{member.Key}={member.Value}").Order(StringComparer.Ordinal)];
}
