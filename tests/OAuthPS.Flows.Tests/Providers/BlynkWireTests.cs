using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Providers;

/// <summary>https://docs.blynk.io/en/blynk.cloud/platform-https-api/authentication</summary>
public class BlynkWireTests
{
    // curl -X POST -u {clientId}:{clientSecret} https://{server_address}/oauth2/token?grant_type=client_credentials
    [Fact]
    public async Task The_documented_curl_line_is_sent_with_everything_in_the_query_and_an_empty_body()
    {
        var wire = new Wire().Answers(Given.Token("token", 86400, "refresh"));

        await wire.ConnectAsync(Given.Blynk);

        Assert.Equal("""
            POST https://fra1.blynk.cloud/oauth2/token?grant_type=client_credentials
            Authorization: Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=
            Accept: application/json


            """, Assert.Single(wire.Requests));
        Assert.Empty(wire.Log.Warnings);
    }

    [Fact]
    public async Task A_refresh_travels_in_the_query_too_and_its_one_time_token_is_replaced_by_the_answers()
    {
        var wire = new Wire().Answers(
            Given.Token("first", 86400, "refresh+1"), Given.Token("second", 86400, "refresh+2"), Given.Token("third", 86400, "refresh+3"));
        var session = await wire.ConnectAsync(Given.Blynk);

        await session.RenewAsync();
        await session.RenewAsync();

        Assert.Equal("""
            POST https://fra1.blynk.cloud/oauth2/token?grant_type=refresh_token&refresh_token=refresh%2B1
            Authorization: Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=
            Accept: application/json


            """, wire.Requests[1]);
        Assert.StartsWith("POST https://fra1.blynk.cloud/oauth2/token?grant_type=refresh_token&refresh_token=refresh%2B2\n", wire.Requests[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_credentials_travel_in_the_query_only_when_asked_for_and_with_a_warning()
    {
        var wire = new Wire().Answers(Given.Token("token", 86400, "refresh"), Given.Token("second", 86400, "refresh-2"));

        var session = await wire.ConnectAsync(Given.Blynk with { ClientAuthentication = ClientAuthenticationMethod.Query });
        await session.RenewAsync(wire.Log);

        Assert.Equal(
            [
                "POST https://fra1.blynk.cloud/oauth2/token?client_id=client%20id&client_secret=client%20secret&grant_type=client_credentials\nAccept: application/json\n\n",
                "POST https://fra1.blynk.cloud/oauth2/token?client_id=client%20id&client_secret=client%20secret&grant_type=refresh_token&refresh_token=refresh\nAccept: application/json\n\n",
            ],
            wire.Requests);
        var warning = Assert.Single(wire.Log.WarningNotices);
        Assert.Equal((OAuthNoticeId.SecretInUrl, "Blynk", OAuthInput.ClientAuthentication), (warning.Id, warning.Provider, Assert.Single(warning.Inputs)));
        Assert.Equal("The client secret travels in the URL, where proxies and servers log it. Use the client authentication Basic instead.", warning.Message);
        NoSecret.In(wire.Log, "refresh-2");
        Assert.Contains("client_secret=***", wire.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documented_refusal_of_a_wrong_secret_is_told_in_its_own_words()
    {
        var wire = new Wire().Answers("""
            HTTP/1.1 401 Unauthorized
            Content-Type: application/json

            {"error":"invalid_client","error_description":"Client ID is not found or password is wrong."}
            """);

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Given.Blynk));

        Assert.Equal("InvalidClient", error.ErrorId);
        Assert.Equal(
            "The server refused the token request to https://fra1.blynk.cloud/oauth2/token with status 401. "
            + "It says: invalid_client: Client ID is not found or password is wrong. "
            + "Check the client id and its secret, key or certificate, that they belong to this server, and how the client authenticates.",
            error.Message);
        Assert.Equal(("https://fra1.blynk.cloud/oauth2/token", false), (error.Endpoint, error.IsApiCall));
    }

    [Fact]
    public async Task An_additional_parameter_joins_the_others_in_the_query_and_replaces_none()
    {
        var wire = new Wire().Answers(Given.Token("token"));

        await wire.ConnectAsync(Given.Blynk with { AdditionalParameters = new Dictionary<string, string> { ["audience"] = "a b" } });

        Assert.StartsWith("POST https://fra1.blynk.cloud/oauth2/token?grant_type=client_credentials&audience=a%20b\n", wire.LastRequest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grant_type", null)]
    [InlineData("client_id", ClientAuthenticationMethod.Query)]
    [InlineData("client_secret", ClientAuthenticationMethod.Query)]
    public async Task A_parameter_is_never_sent_twice(string name, ClientAuthenticationMethod? method)
    {
        var wire = new Wire().Answers(Given.Token("token"));

        var error = await Assert.ThrowsAsync<OAuthUsageException>(() => wire.ConnectAsync(Given.Blynk with
        {
            ClientAuthentication = method,
            AdditionalParameters = new Dictionary<string, string> { [name] = "mine" },
        }));

        Assert.Equal("AdditionalParameterTaken", error.ErrorId);
        Assert.Empty(wire.Requests);
    }

    [Fact]
    public async Task Revoking_where_nothing_is_documented_sends_nothing_forgets_the_tokens_and_says_until_when_they_live()
    {
        var wire = new Wire().Answers(Given.Token("token", 86400, "refresh"));
        var session = await wire.ConnectAsync(Given.Blynk);

        await session.RevokeAsync(wire.Log);

        Assert.Single(wire.Requests);
        Assert.Contains("2026-01-03 03:04:05Z", Assert.Single(wire.Log.Warnings), StringComparison.Ordinal);
        Assert.Equal("SessionEnded", (await Assert.ThrowsAsync<OAuthUsageException>(() => session.RenewAsync())).ErrorId);
    }

    [Fact]
    public async Task A_token_that_came_with_a_refresh_token_of_ones_own_is_renewed_with_its_successor()
    {
        var wire = new Wire().Answers(Given.Token("first", 86400, "next"), Given.Token("second", 86400, "after"));
        var session = await wire.ConnectAsync(Given.Blynk with { Inputs = [new GivenRefreshToken(new Secret("mine"))] });

        await session.RenewAsync();

        Assert.Contains("refresh_token=mine\n", wire.Requests[0], StringComparison.Ordinal);
        Assert.Contains("refresh_token=next\n", wire.Requests[1], StringComparison.Ordinal);
    }
}
