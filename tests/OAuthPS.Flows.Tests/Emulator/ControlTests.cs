using OAuthPS.Emulator;

namespace OAuthPS.Flows.Tests.Emulator;

public sealed class ControlTests : EmulatorTest
{
    private const string Profile = "/blynk/api/v1/organization/profile";

    private Task<Reply> ConnectAsync() => AskAsync($"POST /blynk/oauth2/token?grant_type=client_credentials\nAuthorization: {BlynkBasic}");

    private Task<Reply> SetAsync(string settings) => AskAsync($"PUT /_emulator/settings\nContent-Type: application/json\n\n{settings}");

    [Fact]
    public async Task The_bases_are_told()
        => Assert.Equal(
            $$"""200 {"spacebring":"{{Server.Spacebring}}","spatiaFi":"{{Server.SpatiaFi}}","space":"{{Server.Space}}","blynk":"{{Server.Blynk}}"}""",
            (await AskAsync("GET /_emulator")).Shape);

    [Fact]
    public void The_bases_are_on_loopback_without_a_last_slash()
    {
        Assert.Matches(@"^http://127\.0\.0\.1:\d+/$", Server.BaseAddress.OriginalString);
        Assert.Equal(Server.BaseAddress.OriginalString + "spacebring", Server.Spacebring.OriginalString);
        Assert.Equal(Server.BaseAddress.OriginalString + "blynk", Server.Blynk.OriginalString);
    }

    [Fact]
    public async Task Settings_change_what_they_name_only()
    {
        Assert.Equal("""200 {"tokenLifetimeSeconds":null,"refreshTokenLifetimeSeconds":null}""", (await AskAsync("GET /_emulator/settings")).Shape);
        Assert.Equal("""200 {"tokenLifetimeSeconds":5,"refreshTokenLifetimeSeconds":null}""", (await SetAsync("""{"tokenLifetimeSeconds":5}""")).Shape);
        Assert.Equal("""200 {"tokenLifetimeSeconds":5,"refreshTokenLifetimeSeconds":7}""", (await SetAsync("""{"refreshTokenLifetimeSeconds":7}""")).Shape);
        Assert.Equal("5", (await ConnectAsync())["expires_in"]);
        Assert.Equal("""200 {"tokenLifetimeSeconds":null,"refreshTokenLifetimeSeconds":7}""", (await SetAsync("""{"tokenLifetimeSeconds":null}""")).Shape);
        Assert.Equal("86400", (await ConnectAsync())["expires_in"]);
    }

    [Theory]
    [InlineData("0", "0.001")]
    [InlineData("-60", "-60")]
    public async Task A_token_can_be_expired_on_arrival(string lifetime, string said)
    {
        await SetAsync($$"""{"tokenLifetimeSeconds":{{lifetime}}}""");
        var reply = await ConnectAsync();
        Assert.Equal(said, reply["expires_in"]);
        Assert.Equal(401, (await GetAsync(Profile, reply["access_token"])).Status);
    }

    [Theory]
    [InlineData("""{"tokenLifetime":5}""")]
    [InlineData("""{"tokenLifetimeSeconds":"5"}""")]
    [InlineData("""{"tokenLifetimeSeconds":1e30}""")]
    [InlineData("""{"tokenLifetimeSeconds":5,"other":1}""")]
    [InlineData("5")]
    [InlineData("{")]
    public async Task Settings_that_cannot_be_are_refused_and_change_nothing(string settings)
    {
        Assert.Equal(400, (await SetAsync(settings)).Status);
        Assert.Null(Server.Settings.TokenLifetime);
    }

    [Fact]
    public async Task Expire_refuses_every_access_token_issued_so_far()
    {
        var first = await ConnectAsync();
        Assert.Equal(204, (await AskAsync("POST /_emulator/expire")).Status);
        Assert.Equal("The access token expired.", (await GetAsync(Profile, first["access_token"]))["error_description"]);
        var second = await AskAsync($"POST /blynk/oauth2/token?grant_type=refresh_token&refresh_token={first["refresh_token"]}\nAuthorization: {BlynkBasic}");
        Assert.Equal(200, (await GetAsync(Profile, second["access_token"])).Status);
    }

    [Fact]
    public async Task Control_is_not_in_the_journal()
    {
        await AskAsync("GET /_emulator");
        await AskAsync("GET /_emulator/journal");
        await AskAsync("GET /_emulator/nothing");
        Assert.Empty(Server.Journal.Entries);
    }

    [Fact]
    public async Task A_body_of_more_than_a_mebibyte_is_refused()
    {
        Assert.Equal(413, (await PostFormAsync("/space/oauth/token", new string('a', 1024 * 1024 + 1))).Status);
        Assert.Equal(413, Server.Journal.Entries[^1].Status);
    }

    [Fact]
    public async Task A_taken_port_is_said_to_be_taken()
        => await Assert.ThrowsAsync<IOException>(() => EmulatorServer.StartAsync(new EmulatorOptions { Port = Server.BaseAddress.Port }));
}
