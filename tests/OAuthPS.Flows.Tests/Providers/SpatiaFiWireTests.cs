using System.Text;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Tests.Providers;

/// <summary>The SpatiaFi Auth API (https://docs.spatiafi.com/auth/) and its guide, word for word.</summary>
public class SpatiaFiWireTests
{
    private const string Jwt = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjoiOTIyMWZmYzktNjQwZi00MzcyLTg2ZDMtY2U2NDJjYmE1NjAzIiwiYXVkIjoi"
        + "ZmFzdGFwaS11c2VyczphdXRoIiwiZXhwIjoxNTcxNTA0MTkzfQ.M10bjOe45I5Ncu_uXvOmVV8QxnL-nZfcH96U90JaocI";

    private const string TokenResponse = $$"""
        HTTP/1.1 200 OK
        Content-Type: application/json

        {
        "access_token": "{{Jwt}}",
        "token_type": "bearer",
        "expires_at": 1648925200
        }
        """;

    private static readonly DateTimeOffset _expiresAt = new(2022, 4, 2, 18, 46, 40, TimeSpan.Zero);

    private static readonly ConnectRequest _person = new() { Provider = BuiltInProviders.Get("SpatiaFi"), Inputs = [Given.User] };

    [Fact]
    public async Task A_temporary_token_is_a_GET_with_the_persons_name_and_password_by_HTTP_Basic()
    {
        var wire = new Wire().Answers(TokenResponse);

        await wire.ConnectAsync(_person);

        Assert.Equal($"""
            GET https://auth.spatiafi.com/api/v1/auth/jwt/token/basic
            Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("ada@example.com:Pa55 wörd&+%"))}
            Accept: application/json


            """, Assert.Single(wire.Requests));
    }

    [Fact]
    public async Task The_password_grant_sends_name_and_password_and_neither_client_nor_scope()
    {
        var wire = new Wire().Answers(TokenResponse);

        await wire.ConnectAsync(_person with { Flow = OAuthFlow.Password, Scope = ["ignored"] });

        Assert.Equal("""
            POST https://auth.spatiafi.com/api/v1/auth/jwt/token
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=password&username=ada%40example.com&password=Pa55+w%C3%B6rd%26%2B%25
            """, Assert.Single(wire.Requests));
    }

    [Fact]
    public async Task Client_secret_basic_joins_id_and_secret_as_they_are()
    {
        var wire = new Wire().Answers(TokenResponse);

        await wire.ConnectAsync(Given.SpatiaFi with { ClientAuthentication = ClientAuthenticationMethod.Basic, Scope = ["ignored"] });

        Assert.Equal("""
            POST https://auth.spatiafi.com/api/v1/auth/jwt/token
            Authorization: Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=client_credentials
            """, Assert.Single(wire.Requests));
    }

    [Fact]
    public async Task Client_secret_post_sends_id_and_secret_in_the_body()
    {
        var wire = new Wire().Answers(TokenResponse);

        await wire.ConnectAsync(Given.SpatiaFi with { ClientAuthentication = ClientAuthenticationMethod.Post, Scope = ["ignored"] });

        Assert.Equal("""
            POST https://auth.spatiafi.com/api/v1/auth/jwt/token
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=client_credentials&client_id=client+id&client_secret=client+secret
            """, Assert.Single(wire.Requests));
    }

    [Fact]
    public async Task Without_being_told_otherwise_the_client_proves_itself_by_an_assertion_and_never_sends_its_secret()
    {
        var wire = new Wire().Answers(TokenResponse);

        await wire.ConnectAsync(Given.SpatiaFi with { Scope = ["ignored"] });

        var request = Assert.Single(wire.Requests);
        Assert.StartsWith("""
            POST https://auth.spatiafi.com/api/v1/auth/jwt/token
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=eyJ
            """, request, StringComparison.Ordinal);
        NoSecret.In(request, Given.ClientSecret);
    }

    [Theory]
    [InlineData(ClientAuthenticationMethod.SecretJwt)]
    [InlineData(ClientAuthenticationMethod.Basic)]
    [InlineData(ClientAuthenticationMethod.Post)]
    public async Task The_scope_is_never_sent_and_the_user_is_told(ClientAuthenticationMethod method)
    {
        var wire = new Wire().Answers(TokenResponse);

        await wire.ConnectAsync(Given.SpatiaFi with { ClientAuthentication = method, Scope = ["all"] });

        Assert.DoesNotContain("scope", wire.LastRequest, StringComparison.Ordinal);
        Assert.Contains(wire.Log.Warnings, warning => warning.Contains("scope", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_documented_answer_is_read_with_expires_at_and_lower_case_bearer()
    {
        var wire = new Wire().Answers(TokenResponse);

        var session = await wire.ConnectAsync(Given.SpatiaFi);

        Assert.Equal(_expiresAt, session.ExpiresAt);
        Assert.True(session.IsExpired);
        Assert.True(session.CanRefresh);
    }

    [Fact]
    public async Task A_lower_case_bearer_becomes_Bearer_in_the_header()
    {
        var wire = new Wire();
        var end = wire.Clock.GetUtcNow().AddMinutes(15).ToUnixTimeSeconds();
        wire.Answers(TokenResponse.Replace("1648925200", $"{end}", StringComparison.Ordinal), Wire.Json("[]"));
        var session = await wire.ConnectAsync(Given.SpatiaFi);

        await session.SendAsync(new ApiCall { Uri = new Uri("https://api.spatiafi.com/v1/me") });

        Assert.Equal($"""
            GET https://api.spatiafi.com/v1/me
            Authorization: Bearer {Jwt}
            Accept: application/json, */*;q=0.5


            """, wire.LastRequest);
    }

    [Fact]
    public async Task An_expired_token_is_renewed_by_repeating_the_grant_with_a_fresh_assertion()
    {
        var wire = new Wire();
        string Response(string token, int minutes) =>
            Wire.Json($$"""{"access_token":"{{token}}","token_type":"bearer","expires_at":{{wire.Clock.GetUtcNow().AddMinutes(minutes).ToUnixTimeSeconds()}}}""");
        wire.Answers(Response("first", 15), Response("second", 30));
        var session = await wire.ConnectAsync(Given.SpatiaFi);

        wire.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal("second", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal(2, wire.Requests.Count);
        Assert.NotEqual(wire.Requests[0], wire.Requests[1]);
        Assert.Contains("grant_type=client_credentials", wire.Requests[1], StringComparison.Ordinal);
    }
}
