using OAuthPS.Flows.Api;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Providers;

/// <summary>https://www.spacebring.com/docs/api-reference/authentication, word for word.</summary>
public class SpacebringWireTests
{
    private const string TokenResponse = """
        HTTP/1.1 200 OK
        Content-Type: application/json

        {
        "access_token": "accessToken",
        "expires_in": 3600,
        "refresh_token": "refreshToken",
        "scope": "resources locations",
        "token_type": "Bearer"
        }
        """;

    private const string RefreshResponse = """
        HTTP/1.1 200 OK
        Content-Type: application/json

        {
        "access_token": "accessToken2",
        "expires_in": 3600,
        "scope": "resources locations",
        "token_type": "Bearer"
        }
        """;

    [Fact]
    public void The_documented_example_of_HTTP_Basic_is_met_byte_for_byte()
    {
        var header = BasicHeader.Create("client id", new Secret("client secret"), BuiltInProviders.Get("Spacebring").BasicEncoding);

        Assert.Equal("Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=", header.ToString());
    }

    [Fact]
    public async Task An_API_call_with_HTTP_Basic_carries_the_documented_headers_and_needs_no_token_request()
    {
        var wire = new Wire().Answers(Wire.Json("""{"locations":[]}"""));
        var session = await wire.ConnectAsync(Given.SpacebringBasic);
        Assert.Empty(wire.Requests);

        await session.SendAsync(new ApiCall { Uri = new Uri("/locations/v1", UriKind.Relative) });

        Assert.Equal("""
            GET https://api.spacebring.com/locations/v1
            Authorization: Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=
            Accept: application/json, */*;q=0.5
            spacebring-network-id: n-42


            """, wire.LastRequest);
    }

    [Fact]
    public async Task A_code_is_exchanged_with_the_four_documented_parameters_and_no_other()
    {
        var wire = new Wire().Answers(TokenResponse);

        var session = await wire.ConnectAsync(Given.SpacebringCode with
        {
            Inputs = [new AuthorizationCode(new Secret("the+code/1"), "http://127.0.0.1:8400/callback")],
        });

        Assert.Equal("""
            POST https://api.spacebring.com/oauth2/token
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=authorization_code&code=the%2Bcode%2F1&client_id=client+id&client_secret=client+secret
            """, Assert.Single(wire.Requests));
        Assert.Equal("accessToken", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal("resources locations", session.Scope);
        Assert.Equal(wire.Clock.GetUtcNow().AddHours(1), session.ExpiresAt);
    }

    [Fact]
    public async Task An_API_call_with_a_token_carries_it_and_the_network_id()
    {
        var wire = new Wire().Answers(TokenResponse, Wire.Json("{}"));
        var session = await wire.ConnectAsync(Given.SpacebringCode);

        await session.SendAsync(new ApiCall { Uri = new Uri("https://api.spacebring.com/resources/v1?limit=5") });

        Assert.Equal("""
            GET https://api.spacebring.com/resources/v1?limit=5
            Authorization: Bearer accessToken
            Accept: application/json, */*;q=0.5
            spacebring-network-id: n-42


            """, wire.LastRequest);
    }

    [Fact]
    public async Task A_refresh_sends_the_four_documented_parameters_and_no_scope()
    {
        var wire = new Wire().Answers(TokenResponse, RefreshResponse);
        var session = await wire.ConnectAsync(Given.SpacebringCode with { Scope = ["resources", "locations"] });

        await session.RenewAsync();

        Assert.Equal("""
            POST https://api.spacebring.com/oauth2/token
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=refresh_token&refresh_token=refreshToken&client_id=client+id&client_secret=client+secret
            """, wire.LastRequest);
    }

    [Fact]
    public async Task An_answer_without_a_refresh_token_keeps_the_old_one()
    {
        var wire = new Wire().Answers(TokenResponse, RefreshResponse, RefreshResponse.Replace("accessToken2", "accessToken3", StringComparison.Ordinal));
        var session = await wire.ConnectAsync(Given.SpacebringCode);

        await session.RenewAsync();
        var third = await session.RenewAsync();

        Assert.Equal("accessToken3", third.TokenOf());
        Assert.Contains("refresh_token=refreshToken&", wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revocation_sends_the_refresh_token_in_the_query_of_a_POST_without_a_body()
    {
        var wire = new Wire().Answers(TokenResponse.Replace("refreshToken", "refresh+Token/=", StringComparison.Ordinal), "HTTP/1.1 200 OK");
        var session = await wire.ConnectAsync(Given.SpacebringCode);

        await session.RevokeAsync();

        Assert.Equal("""
            POST https://api.spacebring.com/oauth2/revoke?token=refresh%2BToken%2F%3D
            Accept: application/json


            """, wire.LastRequest);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK")]
    [InlineData("HTTP/1.1 204 No Content")]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>done</p>")]
    [InlineData("HTTP/1.1 202 Accepted\nContent-Type: application/json\n\n{\"error\":\"not one\"}")]
    public async Task Revocation_takes_any_2xx_for_success_whatever_its_body(string response)
    {
        var wire = new Wire().Answers(TokenResponse, response);
        var session = await wire.ConnectAsync(Given.SpacebringCode);

        await session.RevokeAsync();

        Assert.Equal("SessionEnded", (await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetTokenAsync().AsTask())).ErrorId);
    }

    [Fact]
    public async Task A_moved_service_URL_moves_every_endpoint_below_its_own_path()
    {
        var wire = new Wire().Answers(TokenResponse, Wire.Json("{}"), "HTTP/1.1 200 OK");
        var session = await wire.ConnectAsync(Given.SpacebringCode with { ServiceUrl = new Uri("http://127.0.0.1:5010/spacebring/") });
        await session.SendAsync(new ApiCall { Uri = new Uri("/locations/v1", UriKind.Relative) });
        await session.RevokeAsync();

        Assert.Equal(
            [
                "POST http://127.0.0.1:5010/spacebring/oauth2/token",
                "GET http://127.0.0.1:5010/spacebring/locations/v1",
                "POST http://127.0.0.1:5010/spacebring/oauth2/revoke?token=refreshToken",
            ],
            wire.Requests.Select(request => request.Split('\n')[0]));
    }
}
