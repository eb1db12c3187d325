using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.Vendors.SpatiaFi;

namespace OAuthPS.Flows.Tests.Providers;

/// <summary>App Credentials as https://docs.spatiafi.com/auth/ documents them.</summary>
public class SpatiaFiAppCredentialTests
{
    [Fact]
    public async Task Creating_one_is_an_empty_POST_with_the_temporary_token_and_gives_the_secret()
    {
        var (wire, session) = await ConnectAsync("""
            HTTP/1.1 200 OK
            Content-Type: application/json

            {
            "user_id": "u-1",
            "client_id": "c-1",
            "client_secret": "the-new-secret"
            }
            """);

        var credential = await session.CreateAppCredentialAsync(wire.Log);

        Assert.Equal("""
            POST https://auth.spatiafi.com/api/v1/clients/
            Authorization: Bearer temporary
            Accept: application/json, */*;q=0.5


            """, wire.LastRequest);
        Assert.Equal(("c-1", "u-1", "the-new-secret"), (credential.ClientId, credential.UserId, credential.ClientSecret?.Reveal()));
        NoSecret.In($"{credential}\n{wire.Log.Text}", "the-new-secret", "temporary");
    }

    [Fact]
    public async Task Listing_them_gives_ids_and_no_secrets()
    {
        var (wire, session) = await ConnectAsync("""
            HTTP/1.1 200 OK
            Content-Type: application/json

            [{
            "user_id": "u-1",
            "client_id": "c-1"
            }
            ]
            """);

        var credential = Assert.Single(await session.ListAppCredentialsAsync());

        Assert.StartsWith("GET https://auth.spatiafi.com/api/v1/clients/\n", wire.LastRequest, StringComparison.Ordinal);
        Assert.Equal(("c-1", "u-1", null), (credential.ClientId, credential.UserId, credential.ClientSecret));
    }

    [Fact]
    public async Task Deleting_one_names_it_in_the_path()
    {
        var (wire, session) = await ConnectAsync("HTTP/1.1 204 No Content");

        await session.DeleteAppCredentialAsync("c/1 ?");

        Assert.StartsWith("DELETE https://auth.spatiafi.com/api/v1/clients/c%2F1%20%3F\n", wire.LastRequest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"user_id":"u","client_id":"c"}""", "ResponseIncomplete", "client_secret")]
    [InlineData("""{"user_id":"u","client_secret":"s3cr3t!"}""", "ResponseIncomplete", "client_id")]
    [InlineData("""[]""", "ResponseNotJson", "POST")]
    [InlineData("""null""", "ResponseNotJson", "POST")]
    [InlineData("""{"client_id":"c","client_secret":"s3cr3t!""", "ResponseNotJson", "POST")]
    public async Task An_answer_that_is_none_is_an_error_that_says_so(string body, string errorId, string names)
    {
        var (_, session) = await ConnectAsync(Wire.Json(body));

        var error = await Assert.ThrowsAsync<OAuthProtocolException>(() => session.CreateAppCredentialAsync());

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(names, error.Message, StringComparison.Ordinal);
        NoSecret.In(error, "s3cr3t!", "temporary");
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("""[{"user_id":"u"}]""")]
    [InlineData("""[{"client_id":""}]""")]
    public async Task A_list_with_an_entry_that_is_none_is_an_error(string body)
    {
        var (_, session) = await ConnectAsync(Wire.Json(body));

        Assert.Equal("ResponseIncomplete", (await Assert.ThrowsAsync<OAuthProtocolException>(() => session.ListAppCredentialsAsync())).ErrorId);
    }

    [Fact]
    public async Task Other_providers_have_none_and_say_so()
    {
        var wire = new Wire().Answers(Given.Token("token"));
        var session = await wire.ConnectAsync(Given.Blynk);

        Assert.Equal("AppCredentialsNotSupported", (await Assert.ThrowsAsync<OAuthUsageException>(() => session.CreateAppCredentialAsync())).ErrorId);
        Assert.Single(wire.Requests);
    }

    private static async Task<(Wire Wire, OAuthSession Session)> ConnectAsync(string response)
    {
        var wire = new Wire();
        var end = wire.Clock.GetUtcNow().AddMinutes(15).ToUnixTimeSeconds();
        wire.Answers(Wire.Json($$"""{"access_token":"temporary","token_type":"bearer","expires_at":{{end}}}"""), response);
        return (wire, await wire.ConnectAsync(new ConnectRequest { Provider = BuiltInProviders.Get("SpatiaFi"), Inputs = [Given.User] }));
    }
}
