using System.Security.Cryptography;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Tests.Services;

/// <summary>What a program sends for itself, word for word after each service's documentation (its file has the address).</summary>
public sealed class MachineRequestTests : ServiceTest
{
    // https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow
    [Fact]
    public async Task EntraID_takes_the_secret_in_the_body_and_the_scope_of_an_API_as_a_whole()
    {
        var request = To("EntraID", "Tenant=11111111-2222-3333-4444-555555555555") with { Scope = ["https://graph.microsoft.com/.default"] };

        Assert.Equal("""
            POST https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&client_id=client+id&client_secret=client+secret
            """, Assert.Single(await SentAsync(request, Tests.Wire.Json("""{"token_type":"Bearer","expires_in":3599,"access_token":"at"}"""))));
    }

    // https://learn.microsoft.com/en-us/entra/identity-platform/certificate-credentials
    [Fact]
    public async Task EntraID_is_told_by_an_assertion_for_its_token_endpoint_who_the_client_is()
    {
        using var key = RSA.Create(2048);
        var request = To("EntraID", "Tenant=contoso") with
        {
            Scope = ["https://graph.microsoft.com/.default"],
            Client = new OAuthClient("app", key: new ClientKey(key, "key-1", null)),
        };

        var assertion = Jwt(Assert.Single(await SentAsync(request, Given.Token("at"))), "client_assertion");

        Assert.Equal("https://login.microsoftonline.com/contoso/oauth2/v2.0/token", assertion.Claims.GetProperty("aud").GetString());
        Assert.Equal(("app", "app"), (assertion.Claims.GetProperty("iss").GetString(), assertion.Claims.GetProperty("sub").GetString()));
    }

    [Fact]
    public async Task EntraID_without_a_scope_is_asked_nothing()
    {
        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => SentAsync(To("EntraID", "Tenant=contoso")));

        Assert.Equal(("MissingParameter", OAuthInput.Scope), (refused.ErrorId, Assert.Single(refused.Inputs)));
    }

    // https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/main/
    [Fact]
    public async Task Okta_takes_an_assertion_at_the_organizations_own_server()
    {
        using var key = RSA.Create(2048);
        var request = To("Okta", "Organization=dev-123456") with { Scope = ["okta.users.read"], Client = new OAuthClient("app", key: new ClientKey(key, "key-1", null)) };

        var sent = Assert.Single(await SentAsync(request, Given.Token("at")));

        Assert.StartsWith("POST https://dev-123456.okta.com/oauth2/v1/token\n", sent, StringComparison.Ordinal);
        Assert.Contains("\n\ngrant_type=client_credentials&scope=okta.users.read&", sent, StringComparison.Ordinal);
        Assert.Contains("client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer", sent, StringComparison.Ordinal);
    }

    // https://auth0.com/docs/secure/tokens/access-tokens/management-api-access-tokens/get-management-api-access-tokens-for-production
    [Fact]
    public async Task Auth0_takes_an_audience() => Assert.Equal("""
        POST https://dev-example.us.auth0.com/oauth/token
        Accept: application/json
        Content-Type: application/x-www-form-urlencoded

        grant_type=client_credentials&audience=https%3A%2F%2Fdev-example.us.auth0.com%2Fapi%2Fv2%2F&client_id=client+id&client_secret=client+secret
        """, Assert.Single(await SentAsync(
            To("Auth0", "Tenant=dev-example;Region=US") with { Audience = ["https://dev-example.us.auth0.com/api/v2/"] },
            Tests.Wire.Json("""{"access_token":"at","token_type":"Bearer","expires_in":86400}"""))));

    // https://www.keycloak.org/securing-apps/oidc-layers
    [Fact]
    public async Task Keycloak_is_at_an_address_of_ones_own_and_the_realm_is_in_its_paths() => Assert.Equal("""
        POST https://sso.example.com/realms/myrealm/protocol/openid-connect/token
        Authorization: Basic Y2xpZW50K2lkOmNsaWVudCtzZWNyZXQ=
        Accept: application/json
        Content-Type: application/x-www-form-urlencoded

        grant_type=client_credentials
        """, Assert.Single(await SentAsync(To("Keycloak", "Realm=myrealm") with { ServiceUrl = new Uri("https://sso.example.com") }, Given.Token("at"))));

    // https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_client_credentials_flow.htm
    [Fact]
    public async Task Salesforce_answers_without_an_end_and_with_the_address_of_its_API()
    {
        var session = await ConnectAsync(
            To("Salesforce", "MyDomain=mycompany"),
            Tests.Wire.Json("""{"access_token":"at","signature":"s","token_format":"opaque","instance_url":"https://mycompany.my.salesforce.com","id":"https://login.salesforce.com/id/1/2","token_type":"Bearer","issued_at":"1657741493797"}"""));

        Assert.Equal("""
            POST https://mycompany.my.salesforce.com/services/oauth2/token
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=client_credentials&client_id=client+id&client_secret=client+secret
            """, Assert.Single(Sent));
        Assert.Equal((null, "https://mycompany.my.salesforce.com"), (session.ExpiresAt, session.Members["instance_url"].Text));
    }

    // https://www.servicenow.com/docs/r/zurich/platform-security/authentication/r_OAuthAPIRequestParameters.html
    [Fact]
    public async Task ServiceNow_takes_a_users_password_and_renews_without_another_refresh_token()
    {
        var session = await ConnectAsync(
            To("ServiceNow", "Instance=dev12345") with { Inputs = [Given.User], Flow = OAuthFlow.Password },
            Tests.Wire.Json("""{"scope":"useraccount","token_type":"Bearer","expires_in":1799,"refresh_token":"rt","access_token":"at"}"""),
            Tests.Wire.Json("""{"scope":"useraccount","token_type":"Bearer","expires_in":1799,"access_token":"at2"}"""));
        await session.RenewAsync();

        Assert.Equal("""
            POST https://dev12345.service-now.com/oauth_token.do
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=password&username=ada%40example.com&password=Pa55+w%C3%B6rd%26%2B%25&client_id=client+id&client_secret=client+secret
            """, Sent[0]);
        Assert.EndsWith("\n\ngrant_type=refresh_token&refresh_token=rt&client_id=client+id&client_secret=client+secret", Sent[1], StringComparison.Ordinal);
        Assert.True(session.CanRefresh);
    }

    // https://www.servicenow.com/docs/r/washingtondc/platform-security/authentication/t_RevokeOAuthToken.html
    [Fact]
    public async Task ServiceNow_revokes_by_an_address_and_is_not_told_who_the_client_is()
    {
        var session = await ConnectAsync(To("ServiceNow", "Instance=dev12345"), Given.Token("at"), Tests.Wire.Json(""));
        await session.RevokeAsync();

        Assert.StartsWith("GET https://dev12345.service-now.com/oauth_revoke_token.do?token=at\n", Sent[1], StringComparison.Ordinal);
        Assert.DoesNotContain("client", Sent[1], StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", Sent[1], StringComparison.Ordinal);
    }

    // https://developers.zoom.us/docs/internal-apps/s2s-oauth/
    [Fact]
    public async Task Zoom_has_a_grant_type_of_its_own() => Assert.Equal("""
        POST https://zoom.us/oauth/token
        Authorization: Basic Y2xpZW50K2lkOmNsaWVudCtzZWNyZXQ=
        Accept: application/json
        Content-Type: application/x-www-form-urlencoded

        grant_type=account_credentials&account_id=A-1_2
        """, Assert.Single(await SentAsync(
            To("Zoom") with { AdditionalParameters = new Dictionary<string, string> { ["account_id"] = "A-1_2" } },
            Tests.Wire.Json("""{"access_token":"at","token_type":"bearer","expires_in":3600,"scope":"user:read","api_url":"https://api.zoom.us"}"""))));

    // https://developer.crowdstrike.com/api-reference/collections/oauth2/
    [Theory]
    [InlineData("us-1", "api.crowdstrike.com")]
    [InlineData("us-2", "api.us-2.crowdstrike.com")]
    [InlineData("EU-1", "api.eu-1.crowdstrike.com")]
    [InlineData("us-gov-1", "api.laggar.gcw.crowdstrike.com")]
    [InlineData("us-gov-2", "api.us-gov-2.crowdstrike.mil")]
    public async Task CrowdStrike_is_in_several_clouds_and_creates_a_token(string cloud, string host) => Assert.Equal($"""
        POST https://{host}/oauth2/token
        Accept: application/json
        Content-Type: application/x-www-form-urlencoded

        grant_type=client_credentials&client_id=client+id&client_secret=client+secret
        """, Assert.Single(await SentAsync(
            To("CrowdStrike", $"Cloud={cloud}"), Tests.Wire.Json("""{"access_token":"at","expires_in":1799,"token_type":"bearer"}""", "201 Created"))));

    // https://developers.google.com/identity/protocols/oauth2/service-account
    [Fact]
    public async Task Google_takes_a_JWT_that_the_key_of_a_service_account_signs()
    {
        using var key = RSA.Create(2048);
        var request = To("Google") with
        {
            Flow = OAuthFlow.JwtBearer,
            Scope = ["https://www.googleapis.com/auth/drive.readonly"],
            Client = new OAuthClient("robot@project.iam.gserviceaccount.com", key: new ClientKey(key, "key-1", null)),
        };

        var sent = Assert.Single(await SentAsync(request, Given.Token("at")));
        var assertion = Jwt(sent, "assertion");

        Assert.StartsWith("POST https://oauth2.googleapis.com/token\n", sent, StringComparison.Ordinal);
        Assert.Contains("\n\ngrant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=", sent, StringComparison.Ordinal);
        Assert.Equal("https://oauth2.googleapis.com/token", assertion.Claims.GetProperty("aud").GetString());
        Assert.Equal("https://www.googleapis.com/auth/drive.readonly", assertion.Claims.GetProperty("scope").GetString());
    }
}
