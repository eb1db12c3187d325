using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>A session at a server whose metadata changes while it lives: for weeks in a process, or in a vault.</summary>
public sealed class MovedEndpointTests : VaultTest
{
    private const string Issuer = "https://login.example.com";

    private static readonly OAuthProvider _provider = new() { Name = "Example", Issuer = Issuer };

    private static readonly ConnectRequest _request = new()
    {
        Provider = _provider,
        Client = Given.Client,
        Flow = OAuthFlow.RefreshToken,
        Inputs = [new GivenRefreshToken(new Secret("refresh-0"))],
    };

    [Fact]
    public async Task An_endpoint_that_has_moved_within_its_origin_is_followed()
    {
        var session = await ConnectedAsync("""{"token_endpoint":"https://login.example.com/v1/token"}""");
        Wire.Answers(Metadata("""{"token_endpoint":"https://login.example.com/v2/token"}"""), Given.Token("access-2", 3600, "refresh-2"));

        Wire.Clock.Advance(TimeSpan.FromDays(8));

        Assert.Equal("access-2", (await session.GetTokenAsync()).TokenOf());
        Assert.StartsWith("POST https://login.example.com/v2/token\n", Wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_that_does_not_come_holds_a_renewal_up_for_five_seconds()
    {
        var session = await ConnectedAsync("""{"token_endpoint":"https://login.example.com/token"}""");
        Wire.AnswersAfter(new TaskCompletionSource().Task, "").Answers(Given.Token("access-2", 3600, "refresh-2"));
        Wire.Clock.Advance(TimeSpan.FromDays(2));

        var renewing = session.GetTokenAsync(log: Wire.Log).AsTask();
        await Wire.Happened.UntilAsync(() => Wire.LastRequest.StartsWith("GET ", StringComparison.Ordinal));
        Wire.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("access-2", (await renewing).TokenOf());
        Assert.Contains("slow to come", Wire.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_is_not_read_again_within_a_day()
    {
        var session = await ConnectedAsync("""{"token_endpoint":"https://login.example.com/token"}""");
        Wire.Answers(Given.Token("access-2", 3600, "refresh-2"));

        Wire.Clock.Advance(TimeSpan.FromHours(23));

        Assert.Equal("access-2", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal(3, Wire.Requests.Count);
    }

    [Theory]
    [InlineData("token_endpoint")]
    [InlineData("revocation_endpoint")]
    [InlineData("introspection_endpoint")]
    [InlineData("jwks_uri")]
    public async Task An_endpoint_that_has_moved_to_another_origin_stops_the_session_until_it_is_connected_anew(string endpoint)
    {
        var session = await ConnectedAsync(With(Issuer));
        Wire.Otherwise(_ => Metadata(With("https://sso.example.net")));
        Wire.Clock.Advance(TimeSpan.FromDays(1));

        foreach (var use in new Func<Task>[] { () => session.GetTokenAsync().AsTask(), () => session.RenewAsync(), () => session.RevokeAsync(), () => session.TestTokenAsync() })
        {
            var failure = await Assert.ThrowsAsync<OAuthConnectionException>(use);

            Assert.Equal("EndpointMoved", failure.ErrorId);
            Assert.Contains($"{endpoint} at another origin, https://sso.example.net/", failure.Message, StringComparison.Ordinal);
            NoSecret.In(failure, "access-1", "refresh-1", Given.ClientSecret);
        }

        Assert.All(Wire.Requests.Skip(2), request => Assert.StartsWith($"GET {Issuer}/.well-known/", request, StringComparison.Ordinal));
        Wire.Answers(Given.Token("access-3", 3600, "refresh-3"));
        Assert.Equal("access-3", (await (await Wire.ConnectAsync(_request)).GetTokenAsync()).TokenOf());

        string With(string origin) => endpoint == "token_endpoint"
            ? $$"""{"token_endpoint":"{{origin}}/token"}"""
            : $$"""{"token_endpoint":"{{Issuer}}/token","{{endpoint}}":"{{origin}}/x"}""";
    }

    [Fact]
    public async Task An_endpoint_that_was_not_there_before_is_not_taken_up()
    {
        var session = await ConnectedAsync("""{"token_endpoint":"https://login.example.com/token"}""");
        Wire.Answers(
            Metadata("""{"token_endpoint":"https://login.example.com/token","revocation_endpoint":"https://sso.example.net/revoke"}"""));
        Wire.Clock.Advance(TimeSpan.FromDays(1));

        await session.RevokeAsync(Wire.Log);

        Assert.Equal(3, Wire.Requests.Count);
        Assert.Contains("documents no revocation", Wire.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\n\n")]
    [InlineData("HTTP/1.1 403 Forbidden\n\n")]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html>")]
    [InlineData("HTTP/1.1 302 Found\nLocation: https://sso.example.net/\n\n")]
    public async Task A_server_that_says_nothing_of_itself_any_more_renews_as_before(string answer)
    {
        var session = await ConnectedAsync("""{"token_endpoint":"https://login.example.com/token"}""");
        Wire.Otherwise(request => request.StartsWith("GET", StringComparison.Ordinal) ? answer : Given.Token("access-2", 3600, "refresh-2"));

        Wire.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal("access-2", (await session.GetTokenAsync(log: Wire.Log)).TokenOf());
        Assert.Contains("The session goes on with the endpoints that it knows.", Wire.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"issuer":"https://evil.example"}""", "IssuerMismatch")]
    [InlineData("""{"issuer":"https://login.example.com","token_endpoint":"http://login.example.com/token"}""", "MetadataInsecure")]
    public async Task Metadata_that_must_not_be_used_stop_it(string metadata, string id)
    {
        var session = await ConnectedAsync("""{"token_endpoint":"https://login.example.com/token"}""");
        Wire.Otherwise(_ => Wire.Json(metadata));

        Wire.Clock.Advance(TimeSpan.FromDays(1));

        for (var time = 0; time < 2; time++)
            Assert.Equal(id, (await Assert.ThrowsAsync<OAuthProtocolException>(() => session.GetTokenAsync().AsTask())).ErrorId);
    }

    [Fact]
    public async Task A_session_in_a_vault_is_not_opened_again_at_another_origin()
    {
        var session = await ConnectedAsync("""{"token_endpoint":"https://login.example.com/token"}""");
        await session.SaveAsync(Vault);
        Wire.Clock.Advance(TimeSpan.FromDays(1));
        Wire.Answers(
            Metadata("""{"token_endpoint":"https://login.example.com/v2"}"""), Given.Token("access-2", 3600, "refresh-2"),
            Metadata("""{"token_endpoint":"https://sso.example.net/token"}"""));

        Assert.Equal("access-2", (await (await RestoreHereAsync()).GetTokenAsync()).TokenOf());
        Assert.StartsWith("POST https://login.example.com/v2\n", Wire.LastRequest, StringComparison.Ordinal);
        Wire.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("EndpointMoved", (await Assert.ThrowsAsync<OAuthConnectionException>(RestoreHereAsync)).ErrorId);
    }

    [Fact]
    public async Task A_session_of_a_flow_that_its_server_does_not_list_is_opened_again()
    {
        Wire.Answers(
            Metadata("""{"token_endpoint":"https://login.example.com/token","grant_types_supported":["authorization_code"]}"""),
            Given.Token("access-1"),
            Given.Token("access-2"));
        var session = await Wire.ConnectAsync(_request with { Flow = OAuthFlow.ClientCredentials, Inputs = [] });
        await session.SaveAsync(Vault);
        Expire();

        Assert.Equal("access-2", (await (await RestoreHereAsync()).GetTokenAsync()).TokenOf());
    }

    [Theory]
    [InlineData("\"token_endpoint\":\"https://login.example.com\"", "\"token_endpoint\":\"no address\"")]
    [InlineData("\"token_endpoint\":", "\"other_endpoint\":")]
    public async Task An_entry_with_damaged_origins_is_not_opened(string part, string damaged)
    {
        var session = await ConnectedAsync("""{"token_endpoint":"https://login.example.com/token"}""");
        await session.SaveAsync(Vault);
        Assert.Contains(part, Vault.Only, StringComparison.Ordinal);
        Vault.Entries["Example"] = Vault.Only.Replace(part, damaged, StringComparison.Ordinal);

        Assert.Equal("VaultEntryInvalid", (await Assert.ThrowsAsync<OAuthUsageException>(RestoreHereAsync)).ErrorId);
    }

    private async Task<OAuthSession> ConnectedAsync(string members)
    {
        Wire.Answers(Metadata(members), Given.Token("access-1", 3600, "refresh-1"));
        return await Wire.ConnectAsync(_request);
    }

    private Task<OAuthSession> RestoreHereAsync() => SessionVaults.RestoreAsync(Vault, "Example", _ => _provider, Wire.Transport, Wire.Log);

    private static string Metadata(string members) => Wire.Json($"{{\"issuer\":\"{Issuer}\",{members[1..]}");
}
